using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Arrays of two to 32 dimensions, such as <c>T[,]</c>, as an array of their lengths, then their items, the last index fastest.</summary>
/// <typeparam name="TArray">The type of the array.</typeparam>
/// <typeparam name="T">The type of its items.</typeparam>
/// <typeparam name="TCodec">The codec of its items.</typeparam>
public readonly struct GridCodec<TArray, T, TCodec> : ICodec<TArray> where TArray : class where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TArray value)
    {
        var array = (Array)(object)Exact.Of(value);
        Span<nint> lengths = stackalloc nint[array.Rank];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = array.GetLength(i);
            if (array.GetLowerBound(i) != 0) throw new ArtifactException($"an array whose dimension {i} begins at {array.GetLowerBound(i)}; copy it into one that begins at 0.");
        }

        Grid.Write<T, TCodec>(ref writer, lengths, Grid.Items<T>(array));
    }

    /// <inheritdoc/>
    public static TArray Read(ref MessagePackReader reader)
    {
        var items = Grid.Read<T, TCodec>(ref reader, out var lengths);
        var rank = typeof(TArray).GetArrayRank();
        if (lengths.Length != rank) throw new ArtifactFormatException($"An array of {rank} dimensions was expected and one of {lengths.Length} found.");
        var array = Array.CreateInstanceFromArrayType(typeof(TArray), Array.ConvertAll(lengths, length => (int)length));
        items.CopyTo(Grid.Items<T>(array));
        return (TArray)(object)array;
    }
}
