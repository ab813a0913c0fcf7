using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The source that a program was built from: <c>[[path, content], ...]</c> in ordinal order of paths, so equal sources are one blob however often they run.</summary>
/// <param name="Files">By path.</param>
internal sealed record SourceSnapshot(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Files)
{
    /// <summary>Bigger ones are not taken: a single object, read and held whole.</summary>
    public const int MaxSize = Envelope.MaxContent;

    public static SourceSnapshot Of(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files) => new(files.ToImmutableSortedDictionary(StringComparer.Ordinal));

    public byte[] Encode()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(Files.Count);
        foreach (var (path, bytes) in Files)
        {
            writer.WriteArrayHeader(2);
            writer.Write(path);
            writer.Write(bytes.Span);
        }

        writer.Flush();
        return content.WrittenSpan.ToArray();
    }

    /// <exception cref="FlowException">It is damaged, or holds a path that must not be written.</exception>
    public static SourceSnapshot Decode(string store, string key, ReadOnlyMemory<byte> content)
    {
        var files = Wire.Read(store, key, content, static (ref reader) => Wire.ReadArray(ref reader, Read));
        if (files.Select(file => (file.Key, Why: SourcePath.WhyNot(file.Key))).FirstOrDefault(file => file.Why is not null) is { Why: { } why } wrong)
            throw StoreErrors.DamagedObject(store, key, $"the path '{CommandLine.Printable.Line(wrong.Key)}' in it {why}");
        if (SourcePath.Clash(files.Select(file => file.Key)) is var (first, second))
            throw StoreErrors.DamagedObject(store, key, $"the paths '{CommandLine.Printable.Line(first)}' and '{CommandLine.Printable.Line(second)}' in it cannot both exist on every system");
        return Of(files);
    }

    private static KeyValuePair<string, ReadOnlyMemory<byte>> Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        return new(Wire.ReadString(ref reader), Wire.ReadBytes(ref reader));
    }
}

/// <summary>Where the source of a run is: a blob of the generation of the run, put right after the run was registered.</summary>
/// <param name="Hash">SHA-256 of its content.</param>
/// <param name="Size">Length of its content in bytes.</param>
internal readonly record struct SnapshotPlace(Hash256 Hash, long Size);
