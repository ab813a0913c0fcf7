using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Writes of a blob its length and identity, as an extension of type 14: nothing says where its content lies, so equal contents are equal values.</summary>
public readonly struct BlobCodec : ICodec<Blob>
{
    /// <summary>Type of the extension.</summary>
    internal const sbyte Extension = 14;

    private const int Size = sizeof(long) + Hash256.Size;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Blob value)
    {
        var content = Exact.NotNull(value).Content;
        writer.WriteExtensionFormatHeader(new ExtensionHeader(Extension, Size));
        var target = writer.GetSpan(Size);
        BinaryPrimitives.WriteInt64LittleEndian(target, content.Size);
        content.Hash.CopyTo(target[sizeof(long)..]);
        writer.Advance(Size);
        BlobsInValue.Add(value);
    }

    /// <inheritdoc/>
    public static Blob Read(ref MessagePackReader reader)
    {
        var header = reader.ReadExtensionFormatHeader();
        if (header.TypeCode != Extension || header.Length != Size) throw new ArtifactFormatException("A blob was expected, and something else found.");
        var (length, hash) = Parse(reader.ReadRaw(Size));
        var blob = BlobsInValue.Find(hash) ?? throw new ArtifactFormatException($"The value refers to the blob {hash}, which the record of its task does not name.");
        return blob.Length == length ? blob : throw new ArtifactFormatException($"The value says that the blob {hash} has {length} bytes, but it has {blob.Length}.");
    }

    /// <summary>Length and identity, as <c>dump</c> shows them.</summary>
    /// <returns><c>null</c> if the bytes are not those of a blob.</returns>
    internal static (long Length, Hash256 Hash)? TryParse(sbyte type, in ReadOnlySequence<byte> bytes) => type == Extension && bytes.Length == Size ? Parse(bytes) : null;

    private static (long Length, Hash256 Hash) Parse(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> content = stackalloc byte[Size];
        bytes.CopyTo(content);
        return (BinaryPrimitives.ReadInt64LittleEndian(content), new Hash256(content[sizeof(long)..]));
    }
}
