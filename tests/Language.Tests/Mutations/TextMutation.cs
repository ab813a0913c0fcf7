using System.Text.RegularExpressions;
using Language.Tests.Flows;
using Language.Tests.Reference;

namespace Language.Tests.Mutations;

/// <summary>A change of a flow's source that is always a mistake, and the rule that must say so. The source names everything by strings, so that each mistake is FlowGen's to tell, not the C# compiler's.</summary>
/// <param name="Name">What is changed.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Apply">The changed source; <c>null</c> if there is nothing to change.</param>
internal sealed partial record TextMutation(string Name, string Rule, Func<FlowSpec, string, string?> Apply)
{
    public static IReadOnlyList<TextMutation> All { get; } = [.. DeclarationMistakes.All, .. BindingMistakes.All, .. ChoiceMistakes.All, .. PolicyMistakes.All];

    /// <summary>Adds a member at the end of the flow.</summary>
    public static TextMutation Member(string name, string rule, string member) => new(name, rule, (_, code) => Added(code, member));

    /// <summary>Adds a step with one input; <c>{0}</c> is the name of an artifact that exists once, is never null and of a kind.</summary>
    public static TextMutation Input(string name, string rule, Kind kind, string input) => new(name, rule, (flow, code) => Step(code, Artifact(flow, kind, dimensions: 0), input));

    /// <summary>The same with an artifact that exists for each item of one collection.</summary>
    public static TextMutation Scoped(string name, string rule, Kind kind, string input) => new(name, rule, (flow, code) => Step(code, Artifact(flow, kind, dimensions: 1), input));

    /// <summary>Replaces the first place that a pattern matches.</summary>
    public static TextMutation Replaced(string name, string rule, Regex pattern, string by) => new(name, rule, (_, code) => pattern.IsMatch(code) ? pattern.Replace(code, by, 1) : null);

    /// <summary>Replaces the attribute of the flow.</summary>
    public static TextMutation Attribute(string name, string rule, string attributes) => new(name, rule, (_, code) => code.Replace("[Flow]", attributes, StringComparison.Ordinal));

    /// <summary>Leaves out the step that something is named of.</summary>
    /// <param name="name">What is changed.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="named">The steps that a step names.</param>
    public static TextMutation Removed(string name, string rule, Func<FlowSpec, StepSpec, IEnumerable<int>> named) => new(name, rule, (flow, _) =>
        flow.Steps.SelectMany(step => named(flow, step)).DefaultIfEmpty(-1).First() is >= 0 and var missing ? FlowRenderer.Render(flow with { Missing = missing }) : null);

    public static string Added(string code, string member) => code[..code.LastIndexOf('}')] + "    " + member + "\n}\n";

    /// <summary>Adds an attribute to a step.</summary>
    public static string Attached(string code, StepSpec step, string attribute)
    {
        var at = code.LastIndexOf("[Step", code.IndexOf($" {step.Method}(", StringComparison.Ordinal), StringComparison.Ordinal) + "[Step".Length;
        return code.Insert(code[at] == '(' ? code.IndexOf(')', at) + 1 : at, ", " + attribute);
    }

    private static string? Step(string code, string? source, string input) =>
        source is null ? null : Added(code, $"[Step] public static long Zeta({input.Replace("{0}", source, StringComparison.Ordinal)}) => 1;");

    private static string? Artifact(FlowSpec flow, Kind kind, int dimensions)
    {
        var scopes = Analysis.Of(flow).Scopes;
        return flow.Sources.Where(source => !source.IsParameter && flow.KindOf(source) == kind && !flow.IsNullable(source) && scopes.Of(source).Count == dimensions).Select(flow.NameOf).FirstOrDefault();
    }

    [GeneratedRegex("""\[From\("(\w+)"\)\] (\S+) (in\d)""")]
    public static partial Regex FromValue { get; }

    [GeneratedRegex("""\[From\("(\w+)"\)\] long (in\d)""")]
    public static partial Regex FromNumber { get; }

    [GeneratedRegex("""\[ForEach\("(\w+)"\)\] (\S+) (in\d)""")]
    public static partial Regex ForEachItem { get; }

    [GeneratedRegex("""\[Gather\("(\w+)"\)\] """)]
    public static partial Regex GatherAll { get; }

    [GeneratedRegex("""\[OneOf\("(\w+)", """)]
    public static partial Regex OneOfMany { get; }

    [GeneratedRegex("""Loop\("(\w+)", """)]
    public static partial Regex LoopWhile { get; }

    [GeneratedRegex("""When\("(\w+)", """)]
    public static partial Regex WhenDecision { get; }

    [GeneratedRegex("""\[Step(?!\()""")]
    public static partial Regex PlainStep { get; }

    [GeneratedRegex("""protected internal (static )?""")]
    public static partial Regex InheritedStep { get; }
}
