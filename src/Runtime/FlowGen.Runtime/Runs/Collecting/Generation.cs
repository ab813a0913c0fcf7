using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// A generation of a store's garbage collection (C5), <c>gc/&lt;n&gt;</c>, n = 1, 2, ...: <c>[number, [[run, generation], ...], [run, ...], user, time, 16 random bytes]</c>. Number 0 is that of a store which
/// was never collected.
/// </summary>
/// <param name="Number">Which.</param>
/// <param name="Retired">The runs that this or an earlier generation retires, and which; those of which no object is left are not named any more.</param>
/// <param name="Candidates">Runs that the next generation may retire: who gives one of them a tag now may be too late.</param>
internal sealed record Generation(int Number, ImmutableDictionary<RunKey, int> Retired, ImmutableHashSet<RunKey> Candidates)
{
    public static Generation None { get; } = new(0, ImmutableDictionary<RunKey, int>.Empty, []);

    /// <summary>More runs are retired by several generations: an object has a size.</summary>
    public const int MostRetired = 50_000;

    public bool IsRetired(RunKey run) => Retired.ContainsKey(run);

    public ReadOnlySequence<byte> Wrap(string user, DateTimeOffset at)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(6);
        writer.Write(Number);
        writer.WriteArrayHeader(Retired.Count);
        foreach (var (run, generation) in Retired.OrderBy(static entry => entry.Key.ToString(), StringComparer.Ordinal))
        {
            writer.WriteArrayHeader(2);
            writer.Write(run.ToString());
            writer.Write(generation);
        }

        writer.WriteArrayHeader(Candidates.Count);
        foreach (var run in Candidates.Select(static run => run.ToString()).Order(StringComparer.Ordinal)) writer.Write(run);
        writer.Write(user);
        Wire.Write(ref writer, at);
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Generation, content.WrittenMemory);
    }

    public static Generation Read(string store, string key, int number, byte[] bytes) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Generation, bytes), (ref reader) =>
    {
        Wire.Array(ref reader, 6);
        if (reader.ReadInt32() != number) throw new FormatException("it is another generation");
        var retired = ImmutableDictionary.CreateBuilder<RunKey, int>();
        foreach (var (run, generation) in Wire.ReadArray(ref reader, ReadRetired))
            retired[run] = generation <= number ? generation : throw new FormatException("a run is retired by a later generation");
        var candidates = Wire.ReadArray(ref reader, ReadRun);
        Wire.ReadString(ref reader);
        Wire.ReadTime(ref reader);
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        return new Generation(number, retired.ToImmutable(), [.. candidates]);
    });

    private static (RunKey Run, int Generation) ReadRetired(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        return (ReadRun(ref reader), Wire.ReadIndex(ref reader));
    }

    private static RunKey ReadRun(ref MessagePackReader reader) => RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed");
}
