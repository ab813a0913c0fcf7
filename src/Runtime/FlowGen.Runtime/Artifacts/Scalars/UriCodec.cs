using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Uri"/> as text: as it was written, files as <c>file://</c>; a relative one inside an array, since <c>/a</c> could be either.</summary>
public readonly struct UriCodec : ICodec<Uri>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Uri value)
    {
        var uri = Exact.Of(value);
        if (!uri.IsAbsoluteUri) writer.WriteArrayHeader(1);
        Text.Write(ref writer, uri is { IsAbsoluteUri: true, IsFile: true } ? uri.AbsoluteUri : uri.OriginalString);
    }

    /// <inheritdoc/>
    public static Uri Read(ref MessagePackReader reader)
    {
        var kind = UriKind.Absolute;
        if (reader.NextMessagePackType == MessagePackType.Array) (kind, _) = (UriKind.Relative, Expect.Array(ref reader, 1));
        var text = Text.Read(ref reader);
        return Uri.TryCreate(text, kind, out var value) ? value : throw Text.Invalid("Uri", text);
    }
}
