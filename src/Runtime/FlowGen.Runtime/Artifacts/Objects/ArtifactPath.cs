using System.Globalization;

namespace FlowGen.CompilerServices;

/// <summary>Exception filters that note where a codec was when it failed. They never catch, so the way out costs nothing.</summary>
public static class ArtifactPath
{
    /// <summary>Notes a member and returns <c>false</c>.</summary>
    public static bool Member(ArtifactException exception, string name)
    {
        ArgumentNullException.ThrowIfNull(exception);
        exception.Prepend(name);
        return false;
    }

    /// <summary>Notes the index of an item and returns <c>false</c>.</summary>
    internal static bool Index(ArtifactException exception, int index) =>
        Member(exception, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    /// <summary>Notes a key and returns <c>false</c>.</summary>
    internal static bool Key<TKey>(ArtifactException exception, TKey key) => Member(exception, string.Create(CultureInfo.InvariantCulture, $"[{key}]"));
}
