namespace FlowGen.Build;

/// <summary>Which packages cannot be compiled to native code. The rule with the longest name that fits decides.</summary>
/// <param name="rules">Names, where a star stands for any end; why not, or <c>null</c> if they can after all.</param>
public sealed class NativeRules(IEnumerable<(string Pattern, string? Reason)> rules)
{
    private readonly List<(string Pattern, string? Reason)> _rules = [.. rules.OrderByDescending(rule => rule.Pattern.TrimEnd('*').Length)];

    /// <summary>Why a package rules native code out; <c>null</c> if it does not.</summary>
    /// <param name="package">The name of the package.</param>
    public string? ReasonAgainst(string package) => _rules.FirstOrDefault(rule => Fits(rule.Pattern, package)).Reason;

    private static bool Fits(string pattern, string package) =>
        pattern.EndsWith('*') ? package.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) : package.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
