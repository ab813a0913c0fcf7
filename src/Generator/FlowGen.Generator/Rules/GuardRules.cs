using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>Boxes in words.</summary>
internal static class BoxWords
{
    /// <summary>Such as <c>assess is Ship and region is eu or us</c>.</summary>
    public static string Shown(this Box box, FlowContext context) =>
        string.Join(" and ", box.Decisions.Select(decision => $"{context.Decisions[decision].Source.Name} is {context.Decisions[decision].Shown(box[decision]!)}"));
}

/// <summary>FG0408, FG0409, FG0411 and FG0412: what <see cref="Guards"/> found, in words.</summary>
internal sealed class GuardRules(Guards guards, FlowContext context, Func<int, string> dimensionsOf)
{
    public void Report(GuardProblem problem)
    {
        var step = context.Steps[problem.Step];
        switch (problem.Kind)
        {
            case GuardProblemKind.DecisionOutsideScope:
                ReportOutsideScope(step, step.Conditions[problem.Position]);
                break;
            case GuardProblemKind.DeadBranch:
                ReportDeadBranch(step, problem);
                break;
            case GuardProblemKind.NotExclusive:
                ReportOverlap(step, step.Inputs[problem.Position], problem.Overlap);
                break;
            case GuardProblemKind.NotExhaustive:
                ReportGap(step, step.Inputs[problem.Position], problem.Gap);
                break;
        }
    }

    private void ReportOutsideScope(StepDeclaration step, ConditionDeclaration condition)
    {
        var source = condition.Decision.Source;
        var own = dimensionsOf(step.Id) is { Length: > 0 } dimensions ? $"runs for each item of {dimensions}" : "runs once";
        context.Report(Descriptors.DecisionOutsideScope, condition.Attribute.ArgumentPlace(0), [source.Place],
            step.Name, source.Description, dimensionsOf(source.Producer!.Id), own);
    }

    private void ReportDeadBranch(StepDeclaration step, GuardProblem problem)
    {
        var decision = context.Decisions[problem.Decision];
        var needs = problem.Demands.Select(demand => $"{decision.Shown(demand.Box[problem.Decision]!)} ({Path(step, demand, problem.Decision)})");
        var places = problem.Demands.Select(demand => Place(step, demand)).ToList();
        var isOwn = problem.Demands.All(demand => demand.Condition >= 0);
        context.Report(Descriptors.DeadBranch, places[places.Count - 1], [.. places.Take(places.Count - 1), decision.Source.Place],
            step.Name, decision.Source.Name, string.Join(" and ", needs),
            isOwn ? "remove one of its conditions" : "make an input nullable or Optional<T>, merge the branches with [OneOf], or change a condition");
    }

    private void ReportOverlap(StepDeclaration step, InputDeclaration input, (int First, int Second) overlap)
    {
        var (first, second) = (input.Alternatives[overlap.First], input.Alternatives[overlap.Second]);
        context.Report(Descriptors.AlternativesNotExclusive, input.Parameter.Place(), [first.Place, second.Place],
            input.Parameter.Name, step.Name, first.Name, second.Name, $"'{first.Name}' {When(first)}, '{second.Name}' {When(second)}");
    }

    private void ReportGap(StepDeclaration step, InputDeclaration input, IReadOnlyList<(int Decision, int Value)> gap)
    {
        var facts = gap.Select(fact => $"{context.Decisions[fact.Decision].Source.Name} is {context.Decisions[fact.Decision].Shown(fact.Value)}");
        var type = input.Parameter.Type;
        var (empty, repairs) = input.Shape.Wrap != WrapKind.None ? ("", Repair.None)
            : type.MayBeNull() ? ($", or take 'Optional<{type.Shown()}>'", Repair.Of(Repair.Type, $"global::FlowGen.Optional<{type.FullName()}>"))
            : ($", or take '{type.Shown()}?'", Repair.Of(Repair.Type, type.FullName() + "?"));
        context.Report(Descriptors.AlternativesNotExhaustive, input.Parameter.TypePlace(), input.Alternatives.Select(alternative => alternative.Place), repairs,
            input.Parameter.Name, step.Name, string.Join(", ", input.Alternatives.Select(alternative => $"'{alternative.Name}'")), string.Join(" and ", facts), empty);
    }

    private string When(SourceDeclaration source) => guards[source.Producer!.Id]!.Shown(context) is { Length: > 0 } words ? $"when {words}" : "always";

    private string Path(StepDeclaration step, Demand demand, int decision) => string.Join(" -> ", guards.PathOf(step.Id, demand, decision).Select(id => context.Steps[id].Name));

    private static Location Place(StepDeclaration step, Demand demand) =>
        demand.Condition >= 0 ? step.Conditions[demand.Condition].Attribute.Place() : step.Inputs[demand.Input].Parameter.Place();
}
