using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Calls a codec that somebody wrote (<see cref="ArtifactCodecAttribute"/>): keeps null away from it, and says which codec it was when something goes wrong in it.</summary>
public readonly struct CustomCodec<T, TCodec> : ICodec<T> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T value)
    {
        if (value is null) throw Exact.Null(typeof(T));
        try
        {
            TCodec.Write(ref writer, value);
        }
        catch (Exception e) when (e is not (ArtifactException or OutOfMemoryException))
        {
            throw ArtifactPath.Continue(e, new ArtifactException($"{TypeNames.Of(typeof(TCodec))} cannot write it: {e.Message}", e));
        }
    }

    /// <inheritdoc/>
    public static T Read(ref MessagePackReader reader)
    {
        var one = reader;
        T value;
        try
        {
            value = TCodec.Read(ref reader);
        }
        catch (Exception e) when (e is not (ArtifactException or OutOfMemoryException))
        {
            throw ArtifactPath.Continue(e, new ArtifactFormatException($"{TypeNames.Of(typeof(TCodec))} cannot read it: {e.Message}", e));
        }

        // Big values come in segments that are loaded when they are looked at: these are not read twice. Mistakes show with small ones.
        if (reader.Sequence.IsSingleSegment) CheckEnd(ref one, ref reader);
        return value ?? throw new ArtifactFormatException($"{TypeNames.Of(typeof(TCodec))} made null of stored bytes.");
    }

    private static void CheckEnd(ref MessagePackReader one, ref MessagePackReader reader)
    {
        ObjectCodec.Skip(ref one);
        if (Left(ref one) != Left(ref reader))
            throw new ArtifactFormatException($"{TypeNames.Of(typeof(TCodec))} does not end where its value ends; a codec writes exactly one MessagePack value and reads all of it.");
    }

    private static long Left(ref MessagePackReader reader) => reader.Sequence.Slice(reader.Position).Length;
}
