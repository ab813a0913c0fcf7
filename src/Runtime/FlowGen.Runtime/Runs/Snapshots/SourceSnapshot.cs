using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The source that a program was built from: <c>[[path, content], ...]</c> in ordinal order of paths, so equal sources are one blob however often they run.</summary>
internal sealed class SourceSnapshot
{
    /// <summary>Bigger ones are not taken: a single object, read and held whole.</summary>
    public const int MaxSize = Envelope.MaxContent;

    private readonly SourceFile[] _files;

    private SourceSnapshot(SourceFile[] files) => _files = files;

    /// <summary>In ordinal order of paths.</summary>
    public IReadOnlyList<SourceFile> Files => _files;

    /// <param name="files">Files with different paths, in any order.</param>
    public static SourceSnapshot Of(IEnumerable<SourceFile> files)
    {
        var sorted = files.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new SourceSnapshot(sorted);
    }

    /// <summary>The content of a file; <c>null</c> if there is none.</summary>
    public byte[]? Find(string path)
    {
        var (low, high) = (0, _files.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_files[middle].Path, path);
            if (order == 0) return _files[middle].Content;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }

    public byte[] Encode()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(_files.Length);
        foreach (var (path, bytes) in _files)
        {
            writer.WriteArrayHeader(2);
            writer.Write(path);
            writer.Write(bytes.AsSpan());
        }

        writer.Flush();
        return content.WrittenSpan.ToArray();
    }

    /// <exception cref="FlowException">It is damaged, or holds a path that must not be written.</exception>
    public static SourceSnapshot Decode(string store, string key, ReadOnlyMemory<byte> content)
    {
        var files = Wire.Read(store, key, content, static (ref reader) => Wire.ReadArray(ref reader, Read));
        if (files.Select(file => (file.Path, Why: SourcePath.WhyNot(file.Path))).FirstOrDefault(file => file.Why is not null) is { Why: { } why } wrong)
            throw StoreErrors.DamagedObject(store, key, $"the path '{CommandLine.Printable.Line(wrong.Path)}' in it {why}");
        if (SourcePath.Clash(files.Select(file => file.Path)) is var (first, second))
            throw StoreErrors.DamagedObject(store, key, $"the paths '{CommandLine.Printable.Line(first)}' and '{CommandLine.Printable.Line(second)}' in it cannot both exist on every system");
        return Of(files);
    }

    private static SourceFile Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        return new(Wire.ReadString(ref reader), Wire.ReadBytes(ref reader));
    }
}

/// <summary>A file of a snapshot.</summary>
/// <param name="Path">Relative, with <c>/</c> (<see cref="SourcePath"/>).</param>
/// <param name="Content">What is in it.</param>
internal sealed record SourceFile(string Path, byte[] Content);

/// <summary>Where the source of a run is: a blob of the generation of the run, put right after the run was registered.</summary>
/// <param name="Hash">SHA-256 of its content.</param>
/// <param name="Size">Length of its content in bytes.</param>
internal readonly record struct SnapshotPlace(Hash256 Hash, long Size);
