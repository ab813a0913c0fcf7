using System.Buffers;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Records an input file as its path and, once the run has started, the identity and length of its content. The content itself is stored by the run.</summary>
public readonly struct InputFileCodec : ICodec<InputFile>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, InputFile value)
    {
        if (value is null) throw new ArtifactException("An input file is null.");
        writer.WriteMapHeader(value.Hash is null ? 1 : 3);
        writer.WriteString("path"u8);
        writer.Write(value.Path);
        if (value.Hash is not { } hash) return;
        writer.WriteString("hash"u8);
        writer.Write(hash.ToString());
        writer.WriteString("length"u8);
        writer.Write(value.Length ?? 0);
    }

    /// <inheritdoc/>
    /// <remarks>The file that is read knows what its content is, not where: whoever reads it attaches that.</remarks>
    public static InputFile Read(ref MessagePackReader reader)
    {
        string? path = null;
        Hash256? hash = null;
        long? length = null;
        for (var members = reader.ReadMapHeader(); members > 0; members--)
        {
            switch (reader.ReadString())
            {
                case "path": path = reader.ReadString(); break;
                case "hash": hash = ReadHash(ref reader); break;
                case "length": length = reader.ReadInt64(); break;
                default: throw new ArtifactFormatException("An input file has a member that is not known.");
            }
        }

        if (path is null || hash is null != length is null) throw new ArtifactFormatException("An input file is incomplete.");
        return hash is { } known ? new InputFile(path, known, length!.Value, open: null) : new InputFile(path);
    }

    private static Hash256 ReadHash(ref MessagePackReader reader)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        return reader.ReadString() is { Length: 2 * Hash256.Size } text && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done
            ? new Hash256(hash)
            : throw new ArtifactFormatException("The hash of an input file does not have 64 hexadecimal digits.");
    }
}
