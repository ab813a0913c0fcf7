using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowGen.Storage;

/// <summary>
/// Objects <c>prefix/0000000000</c>, <c>prefix/0000000001</c>, ..., each put only if absent, and only after the one before it was seen: so everybody sees the same changes in the same order,
/// whoever makes them. No listing is taken for it.
/// </summary>
/// <param name="objects">The store.</param>
/// <param name="prefix">With its final slash.</param>
internal sealed class DenseLog(IObjectStore objects, string prefix)
{
    private const int MaxAhead = 32;

    public string Key(int number) => $"{prefix}{number:d10}";

    /// <summary>Number of slots: looks at about twice as many as the number has binary digits.</summary>
    public async ValueTask<int> CountAsync(CancellationToken cancel)
    {
        int known = 0, next = 1;
        while (await IsThereAsync(next - 1, cancel)) (known, next) = (next, next * 2);
        while (next - known > 1)
        {
            var middle = known + ((next - known) / 2);
            if (await IsThereAsync(middle - 1, cancel)) known = middle;
            else next = middle;
        }

        return known;
    }

    /// <summary>The objects, first to last. One request says that there is none; of many, some are asked for at the same time.</summary>
    public async IAsyncEnumerable<(string Key, byte[] Bytes)> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var ahead = 1;
        for (var first = 0; ; first += ahead, ahead = Math.Min(ahead * 2, MaxAhead))
        {
            var asked = new Task<byte[]?>[ahead];
            for (var i = 0; i < ahead; i++) asked[i] = objects.GetAsync(Key(first + i), cancel).AsTask();
            var found = await Task.WhenAll(asked);
            for (var i = 0; i < ahead; i++)
            {
                if (found[i] is not { } bytes) yield break;
                yield return (Key(first + i), bytes);
            }
        }
    }

    /// <summary>Takes a slot, or says that somebody else has it.</summary>
    public async ValueTask<bool> TryPutAsync(int number, ReadOnlySequence<byte> content, CancellationToken cancel) =>
        await objects.PutIfAbsentAsync(Key(number), content, cancel) == PutOutcome.Stored;

    private async ValueTask<bool> IsThereAsync(int number, CancellationToken cancel) => await objects.SizeAsync(Key(number), cancel) is not null;
}
