namespace FlowGen.CommandLine;

/// <summary>The mistakes in questions about runs.</summary>
internal static class QueryError
{
    /// <summary>An expression or a path that cannot be understood.</summary>
    public static UsageException Syntax(string option, string text, string what) => new("FG1032", $"Option {option}: '{text}' {what}.");

    /// <summary>Two values of which none is the smaller one.</summary>
    public static UsageException Incomparable(string left, string right) => new("FG1034", $"{left} and {right} cannot be compared; numbers are compared with numbers, texts with texts, times with '2026-03-14', durations with 90s.");

    /// <summary>No run that was looked at has such a parameter or artifact.</summary>
    public static FlowException UnknownName(string name, IReadOnlyCollection<string> names)
    {
        var known = names.Concat(RunValues.Facts.Select(fact => "run." + fact)).ToList();
        var hint = NearMiss.Of(name, known) is { } near ? $"did you mean {near}?" : $"there are {string.Join(", ", known)}.";
        return new FlowException("FG1033", $"None of these runs has a parameter or artifact '{name}'; {hint}", ExitCodes.NotFound);
    }
}
