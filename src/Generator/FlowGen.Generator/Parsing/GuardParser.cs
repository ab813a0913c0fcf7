using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;

namespace FlowGen.Generator.Parsing;

/// <summary>When each step of a flow runs, and whose failure is contained.</summary>
internal static class GuardParser
{
    /// <param name="context">The flow, with its inputs bound and its conditions read.</param>
    /// <param name="order">Its steps in topological order.</param>
    /// <param name="scopes">The dimensions of the steps.</param>
    /// <param name="dimensions">The dimensions.</param>
    public static Guards Parse(FlowContext context, IReadOnlyList<int> order, Scopes scopes, IReadOnlyList<SourceDeclaration> dimensions)
    {
        var steps = context.Steps.Select(step => new GuardStep(
            step.Inputs.Select(Input).ToList(),
            step.Conditions.Select(condition => new GuardCondition(condition.Decision.Number, condition.Allowed)).ToList(),
            IsKnown(step) && scopes.IsKnown(step.Id) ? [.. scopes[step.Id]] : null)).ToList();
        var guards = new Guards(order, steps, context.Decisions.Select(decision => new GuardDecision(decision.Source.Producer?.Id ?? -1, decision.Size)).ToList());

        var rules = new GuardRules(guards, context, step => string.Join(", ", scopes[step].Select(dimension => $"'{dimensions[dimension].Name}'")));
        foreach (var problem in guards.Problems) rules.Report(problem);

        // A value under which a step lacks an input is told there.
        var told = guards.Problems.SelectMany(problem => problem.Gap).Select(fact => fact.Decision).ToList();
        foreach (var decision in context.Decisions.Where(decision => decision.IsKnown && !told.Contains(decision.Number))) UncoveredValues.Check(decision, context);
        return guards;
    }

    /// <summary>Whose failure fails no run. An output is what a flow is for, so its failure does, as if it needed itself.</summary>
    public static bool[] Contained(FlowContext context, IReadOnlyList<int> order) => Containment.Of(order, context.Steps.Count, context.Steps.SelectMany(Uses).Concat(context.Steps.Where(step => step.IsOutput).Select(step => (step.Id, step.Id, false))));

    private static bool IsKnown(StepDeclaration step) =>
        step is { IsCallable: true, HasKnownConditions: true } && step.Inputs.All(input => input.IsSound) && step.Conditions.All(condition => condition.Values is not null || condition.Decision.IsKnown);

    private static GuardInput Input(InputDeclaration input)
    {
        var kind = input.Kind switch
        {
            ArgumentKind.Gather => GuardInputKind.Gather,
            ArgumentKind.OneOf => input.IsFree ? GuardInputKind.FreeOneOf : GuardInputKind.OneOf,
            _ => input.IsFree ? GuardInputKind.Free : GuardInputKind.Needed,
        };
        return new GuardInput(kind, [.. input.Producers]);
    }

    private static IEnumerable<(int Producer, int Consumer, bool Accepts)> Uses(StepDeclaration step) => step.Inputs
        .SelectMany(input => input.Producers.Select(producer => (producer, step.Id, input.AcceptsFailure)))
        .Concat(step.Conditions.Select(condition => condition.Decision.Source.Producer?.Id).OfType<int>().Select(producer => (producer, step.Id, false)))
        .Concat(step.After.Where(after => !after.Always).Select(after => (after.Step, step.Id, false)));
}
