using System.Text;

namespace FlowGen.Generator.Parsing;

/// <summary>Conversions of names.</summary>
internal static class Names
{
    /// <summary>As <c>JsonNamingPolicy.CamelCase</c> does it: <c>Load</c> to <c>load</c>, <c>URLList</c> to <c>urlList</c>.</summary>
    public static string Camel(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0])) return name;
        var chars = name.ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            if (i == 1 && !char.IsUpper(chars[i])) break;
            if (i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1])) break;
            chars[i] = char.ToLowerInvariant(chars[i]);
        }
        return new string(chars);
    }

    /// <summary><c>best</c> to <c>Best</c>.</summary>
    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>Words in lower case joined by hyphens: <c>TestShare</c> to <c>test-share</c>, <c>URLList</c> to <c>url-list</c>.</summary>
    public static string Kebab(string name)
    {
        var result = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '_') continue;
            var startsWord = char.IsUpper(name[i]) && (i > 0) &&
                (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if ((startsWord || (i > 0 && name[i - 1] == '_')) && result.Length > 0) result.Append('-');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }

    /// <summary>A step's name: its method's, without <c>Async</c> if it returns a task.</summary>
    public static string OfStep(string method, bool isTask) =>
        Camel(isTask && method.Length > 5 && method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(0, method.Length - 5) : method);

    /// <summary>A flow's name: its class's, without <c>Flow</c>.</summary>
    public static string OfFlow(string className) =>
        Kebab(className.Length > 4 && className.EndsWith("Flow", StringComparison.Ordinal) ? className.Substring(0, className.Length - 4) : className);
}
