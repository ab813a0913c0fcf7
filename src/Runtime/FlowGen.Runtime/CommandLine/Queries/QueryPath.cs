using System.Globalization;

namespace FlowGen.CommandLine;

/// <summary>Names a value of a run: <c>testShare</c>, <c>best.auc</c>, <c>fit[3].auc</c>, <c>score[3,1]</c>, <c>run.took</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Root">A parameter, an artifact, or <c>run</c>.</param>
/// <param name="Parts">What follows, outermost first: names of members, and numbers in brackets.</param>
internal sealed record QueryPath(string Text, string Root, IReadOnlyList<QueryPart> Parts)
{
    /// <summary>Reads a path that is all of a text.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static QueryPath Parse(string option, string text)
    {
        var at = 0;
        if (TryRead(text, ref at) is { } path && at == text.Length) return path;
        throw QueryError.Syntax(option, text, "is not the name of a value, such as testShare, best.auc, fit[3].auc or run.took");
    }

    /// <summary>Reads a path that starts somewhere in a text, or nothing.</summary>
    public static QueryPath? TryRead(string text, ref int at)
    {
        var start = at;
        if (Name(text, ref at) is not { } root) return null;
        var parts = new List<QueryPart>();
        while (at < text.Length)
        {
            var next = at + 1;
            if (text[at] == '.' && Name(text, ref next) is { } member) parts.Add(new QueryPart(member, []));
            else if (text[at] == '[' && Numbers(text, ref next) is { } numbers) parts.Add(new QueryPart(null, numbers));
            else break;
            at = next;
        }

        return new QueryPath(text[start..at], root, parts);
    }

    private static string? Name(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (text[at] == '_' || (at == start ? char.IsLetter(text[at]) : char.IsLetterOrDigit(text[at])))) at++;
        return at > start ? text[start..at] : null;
    }

    // After the opening bracket: 3], 3,1].
    private static int[]? Numbers(string text, ref int at)
    {
        var end = text.IndexOf(']', at);
        if (end < 0) return null;
        var words = text[at..end].Split(',');
        var numbers = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
            if (!int.TryParse(words[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out numbers[i])) return null;
        at = end + 1;
        return numbers;
    }
}

/// <summary>One step into a value.</summary>
/// <param name="Member">Name of a member, or <c>null</c>.</param>
/// <param name="Numbers">Otherwise, what the brackets hold.</param>
internal readonly record struct QueryPart(string? Member, int[] Numbers);
