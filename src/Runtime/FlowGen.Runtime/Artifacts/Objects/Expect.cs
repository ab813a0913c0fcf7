using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>What readers expect, and the errors when it is not there.</summary>
internal static class Expect
{
    public static int Array(ref MessagePackReader reader, int count)
    {
        var found = reader.ReadArrayHeader();
        return found == count ? found : throw new ArtifactFormatException($"{count} values were expected and {found} found.");
    }

    public static ArtifactFormatException NotNil(string expected) => new($"A {expected} was expected and nil found.");

    /// <summary>Items to make room for at first: what bytes merely claim must not cost memory.</summary>
    public static int Capacity<T>(int count) => Math.Min(count, Math.Max(4, 4096 / System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));
}
