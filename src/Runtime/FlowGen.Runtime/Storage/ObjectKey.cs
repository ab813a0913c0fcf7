namespace FlowGen.Storage;

/// <summary>
/// The grammar of keys (M1): segments of <c>[a-z0-9-]</c>, 1 to 120 characters each, joined by <c>/</c>, at most 480 characters together. Names outside it are ignored
/// in listings, so what people or sync clients drop into a store does no harm. The first segment <c>tmp</c> is taken by stores on file systems.
/// </summary>
internal static class ObjectKey
{
    public const int MaxSegment = 120;
    public const int MaxKey = 480;

    public static bool IsSegment(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxSegment) return false;
        foreach (var c in name)
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-')) return false;
        return true;
    }

    public static bool IsValid(ReadOnlySpan<char> key)
    {
        if (key.Length is 0 or > MaxKey || key is "tmp" || key.StartsWith("tmp/")) return false;
        foreach (var segment in key.Split('/'))
            if (!IsSegment(key[segment])) return false;
        return true;
    }

    /// <summary>A key that is not in the grammar is a mistake in the program, never a person's.</summary>
    public static string Check(string key) => IsValid(key) ? key : throw new ArgumentException($"'{key}' is not a key of an object.", nameof(key));

    public static string CheckPrefix(string prefix) =>
        prefix.Length == 0 || prefix[^1] == '/' && IsValid(prefix.AsSpan(0, prefix.Length - 1))
            ? prefix
            : throw new ArgumentException($"'{prefix}' is not a prefix of keys.", nameof(prefix));
}
