using Microsoft.CodeAnalysis;

namespace Language.Tests.Mutations;

/// <summary>What the compiler tells of a flow, beside what it should.</summary>
internal static class Told
{
    /// <param name="rule">Name of the rule that should have spoken; <c>null</c> if none.</param>
    /// <param name="errors">The errors.</param>
    /// <returns>What is wrong with the errors; <c>null</c> if nothing is.</returns>
    public static string? Difference(string? rule, IReadOnlyList<Diagnostic> errors)
    {
        var isTold = rule is null ? errors.Count == 0 : errors.Any(error => error.Id == Rules.Id(rule));
        if (isTold && errors.All(error => error.Id.StartsWith("FG", StringComparison.Ordinal) && error.Id != "FG0001")) return null;
        return $"expected {(rule is null ? "no error" : $"{rule} ({Rules.Id(rule)}) and errors of FlowGen only")}, found {(errors.Count == 0 ? "none" : "\n" + string.Join("\n", errors))}";
    }
}
