using System.Runtime.CompilerServices;

namespace FlowGen.Runs;

/// <summary>
/// Follows an open run by its log alone (H8): asks for the next slot until there is none, waits, asks again; one request a poll and no listing. Pauses grow from half a second to five while nothing
/// comes. Every tenth poll in vain, and the first, asks whether the driver is alive.
/// </summary>
/// <param name="store">Where the run is.</param>
/// <param name="run">The run.</param>
/// <param name="fold">What is known of it; grows while it is followed.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class RunFollower(RunStore store, RunKey run, RunFold fold, TimeProvider time)
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5), LongestPause = TimeSpan.FromSeconds(5);
    private const int PollsPerBeat = 10;

    /// <summary>Whether it ended because the driver is gone, without a final record.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>New slots as they come, with everything that is there at once; ends with the run, or when its driver is gone.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogSlot>> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (pause, polls) = (FirstPause, 0);
        while (fold.End is null)
        {
            if (await NewAsync(cancel) is { Count: > 0 } slots)
            {
                (pause, polls) = (FirstPause, 0);
                yield return slots;
                continue;
            }

            // Of a process on this machine it costs nothing to know.
            if ((polls++ % PollsPerBeat == 0 || ThisMachine.IsRunning(fold.Epoch!.Driver) == false) && !await store.IsDrivenAsync(run, fold, cancel))
            {
                // It may have written its last words just before it went.
                if (await NewAsync(cancel) is { Count: > 0 } last)
                {
                    yield return last;
                    continue;
                }

                IsAbandoned = true;
                yield break;
            }

            await Task.Delay(pause, time, cancel);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks));
        }
    }

    private async ValueTask<List<LogSlot>> NewAsync(CancellationToken cancel)
    {
        var slots = new List<LogSlot>();
        await foreach (var slot in store.Reader.FollowAsync(run, fold, cancel)) slots.Add(slot);
        return slots;
    }
}
