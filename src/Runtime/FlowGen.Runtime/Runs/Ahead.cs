using System.Runtime.CompilerServices;

namespace FlowGen.Runs;

/// <summary>Asks a store for several things at the same time, and gives them in order.</summary>
internal static class Ahead
{
    private const int MaxWindow = 16;

    /// <summary>The results in the order of the source: one is asked for, then two, and so on until sixteen, so that who takes only the first does not pay for more.</summary>
    public static async IAsyncEnumerable<TResult> SelectAheadAsync<T, TResult>(this IAsyncEnumerable<T> source, Func<T, ValueTask<TResult>> select, [EnumeratorCancellation] CancellationToken cancel)
    {
        var window = new Queue<Task<TResult>>();
        var size = 1;
        try
        {
            await foreach (var item in source.WithCancellation(cancel))
            {
                window.Enqueue(select(item).AsTask());
                if (window.Count < size) continue;
                yield return await window.Dequeue();
                if (size < MaxWindow) size++;
            }

            while (window.Count > 0) yield return await window.Dequeue();
        }
        finally
        {
            // Nobody asks for these any more, nor for what went wrong with them.
            foreach (var left in window) left.Ignore();
        }
    }

    /// <summary>Nobody wants to know how it ends.</summary>
    public static void Ignore(this Task task) => task.ContinueWith(static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
