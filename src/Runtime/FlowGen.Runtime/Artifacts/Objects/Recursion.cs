using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Limits how deep objects of recursive types lie in one another, so that neither a cycle nor hostile bytes can exhaust the stack. Other types never come here.</summary>
public static class Recursion
{
    /// <summary>Objects of recursive types that may lie in one another.</summary>
    public const int MaxDepth = 100;

    // Writers carry no depth of their own. Codecs run without interruption on one thread, from Reset on.
    [ThreadStatic]
    private static int _depth;

    /// <summary>Begins to write an object.</summary>
    /// <exception cref="ArtifactException">It lies too deep.</exception>
    public static void Enter()
    {
        if (++_depth > MaxDepth)
            throw new ArtifactException($"objects lie more than {MaxDepth} levels deep in one another, or one contains itself; artifacts are trees, so keep references to parents and neighbours as ids.");
    }

    /// <summary>Ends writing an object.</summary>
    public static void Leave() => _depth--;

    /// <summary>Begins to read an object.</summary>
    /// <exception cref="ArtifactFormatException">It lies too deep.</exception>
    public static void Enter(ref MessagePackReader reader)
    {
        if (++reader.Depth > MaxDepth) throw new ArtifactFormatException($"Objects lie more than {MaxDepth} levels deep in one another.");
    }

    /// <summary>Ends reading an object.</summary>
    public static void Leave(ref MessagePackReader reader) => reader.Depth--;

    internal static void Reset() => _depth = 0;
}
