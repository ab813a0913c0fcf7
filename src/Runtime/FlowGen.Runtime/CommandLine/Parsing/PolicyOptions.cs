using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Executing.Policies;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Understands <c>--with fit:retry=3,memory=8Gi</c>.</summary>
internal static class PolicyOptions
{
    public const string Option = "--with";
    private const string Code = "FG1020", Example = "write it like --with fit:retry=3,memory=8Gi or --with *:timeout=1h";

    /// <param name="flow">The flow.</param>
    /// <param name="texts">What was given.</param>
    /// <param name="source">Where.</param>
    /// <exception cref="UsageException">FG1020: all that is wrong.</exception>
    public static ImmutableArray<PolicyOverride> Read(FlowDefinition flow, IReadOnlyList<string>? texts, string source = "Option " + Option)
    {
        var changes = ImmutableArray.CreateBuilder<PolicyOverride>();
        var errors = new List<UsageError>();
        foreach (var text in texts ?? [])
        {
            string? step = null;
            foreach (var part in text.Split(','))
            {
                var (left, value) = part.Split('=', 2) is [var before, var after] ? (before, after.Trim()) : (part, null);
                if (left.Split(':', 2) is [var named, var rest]) (step, left) = (named.Trim(), rest);
                var policy = left.Trim();
                if (Wrong(flow, step, policy, value) is { } wrong) errors.Add(new UsageError(Code, $"{source}: '{part}' {wrong}"));
                else changes.Add(new PolicyOverride(NameOf(flow, step!), policy, value!));
            }
        }

        return errors.Count == 0 ? changes.ToImmutable() : throw new UsageException(errors);
    }

    private static string? Wrong(FlowDefinition flow, string? step, string policy, string? value)
    {
        if (step is null || value is null || policy.Length == 0) return $"is no policy of a step; {Example}.";
        if (step != PolicyOverrides.AllSteps && !AllSteps(flow).Any(s => Same(s.Name, step)))
            return $"names step '{step}', which flow '{flow.Name}' does not have; {Hint(step, AllSteps(flow).Select(s => s.Name), "its steps are")}";
        var known = PolicyTable.All.FirstOrDefault(p => p.Name == policy);
        if (known is null) return $"names policy '{policy}', which does not exist; {Hint(policy, PolicyTable.Changeable.Select(p => p.Name), "there are")}";
        if (known.Set is not { } set) return $"names policy '{policy}', which can only be changed in code.";
        var target = AllSteps(flow).First(s => step == PolicyOverrides.AllSteps || Same(s.Name, step)).Step;
        if (step != PolicyOverrides.AllSteps && target.SubFlow is { } inner && policy != "max-parallel")
            return $"changes a policy of '{step}', which is a sub-flow; change that of a step inside of it, such as {step}/{inner.Flow.Steps[0].Name}.";
        return set(target, value) is null ? $"has the value '{value}', expected {known.Form}." : null;
    }

    private static string NameOf(FlowDefinition flow, string step) => AllSteps(flow).FirstOrDefault(s => Same(s.Name, step)).Name ?? step;

    /// <summary>Those of sub-flows too, by path.</summary>
    private static IEnumerable<(string Name, StepDefinition Step)> AllSteps(FlowDefinition flow, string prefix = "") =>
        flow.Steps.SelectMany(step => (step.SubFlow is { } inner ? AllSteps(inner.Flow, $"{prefix}{step.Name}/") : []).Prepend((prefix + step.Name, step)));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string Hint(string text, IEnumerable<string> names, string list) =>
        NearMiss.Of(text, names) is { } near ? $"did you mean '{near}'?" : $"{list} {string.Join(", ", names)}.";
}
