using System.Globalization;

namespace FlowGen.CompilerServices;

/// <summary>Exception filters that note where a codec was when it failed. They never catch, so the way out costs nothing.</summary>
public static class ArtifactPath
{
    private const string Key = "FlowGen.Path";

    /// <summary>Notes a member, if it has a name, and returns <c>false</c>.</summary>
    public static bool Member(Exception exception, string name)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0) return false;
        if (exception is ArtifactException own) own.Prepend(name);
        else if (exception.Data[Key] is List<string> path) path.Add(name);
        else exception.Data[Key] = new List<string> { name };
        return false;
    }

    /// <summary>Notes the index of an item and returns <c>false</c>.</summary>
    internal static bool Index(Exception exception, int index) => Member(exception, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    /// <summary>Notes a key and returns <c>false</c>.</summary>
    internal static bool Entry<TKey>(Exception exception, TKey key) => Member(exception, string.Create(CultureInfo.InvariantCulture, $"[{key}]"));

    /// <summary>An exception of the codecs that is as far down the path as the one that caused it.</summary>
    internal static T Continue<T>(Exception cause, T exception) where T : ArtifactException
    {
        if (cause.Data[Key] is List<string> path) path.ForEach(exception.Prepend);
        return exception;
    }
}
