using System.Globalization;
using FlowGen.Hosting;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>The generations of a store: <c>gc/&lt;n&gt;</c>, each put once, after the one before it. None is ever removed.</summary>
internal sealed class Generations(IObjectStore objects, TimeProvider time)
{
    private const string Prefix = "gc/";

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:d10}");

    /// <summary>
    /// The newest. What was put before this was asked for is seen, for a listing shows all objects that were there when it began; what is put meanwhile may be seen or not.
    /// </summary>
    public async ValueTask<Generation> NewestAsync(CancellationToken cancel)
    {
        var number = 0;
        await foreach (var found in objects.ListAsync(Prefix, null, cancel))
            if (int.TryParse(found.Key.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var listed)) number = Math.Max(number, listed);
        if (number == 0) return Generation.None;
        return Generation.Read(objects.Location, Key(number), number, await objects.GetAsync(Key(number), cancel) ?? throw StoreErrors.MissingObject(objects.Location, Key(number)));
    }

    /// <summary>Whether there is a later one: one cheap request.</summary>
    public async ValueTask<bool> HasAfterAsync(int number, CancellationToken cancel) => await objects.GetRangeAsync(Key(number + 1), 0, 1, cancel) is not null;

    /// <summary>Starts a generation, or says that somebody else has started that one.</summary>
    public async ValueTask<bool> TryStartAsync(Generation generation, CancellationToken cancel) =>
        await objects.PutIfAbsentAsync(Key(generation.Number), generation.Wrap(CurrentUser.Name, time.GetUtcNow()), cancel) == PutOutcome.Stored;

    /// <summary>How long ago a generation was started, by the store's clock.</summary>
    public async ValueTask<TimeSpan> AgeAsync(int number, CancellationToken cancel) => await objects.AgeAsync(Key(number), cancel) ?? TimeSpan.Zero;
}
