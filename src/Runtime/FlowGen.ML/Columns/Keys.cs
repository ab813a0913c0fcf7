using MessagePack;

namespace FlowGen.ML.Columns;

/// <summary>The keys of a map, which come in one order.</summary>
internal static class Keys
{
    /// <exception cref="ArtifactFormatException">Another key comes next.</exception>
    public static void Expect(ref MessagePackReader reader, string key)
    {
        var found = reader.ReadString();
        if (found != key) throw new ArtifactFormatException($"The key '{key}' was expected and '{found}' found.");
    }
}
