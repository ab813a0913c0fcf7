using Language.Tests.Flows;
using Language.Tests.Reference;

namespace Language.Tests;

/// <summary>The random flows must be worth running: every construct comes up often, and so does all that can become of a task.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Expected =
    [
        "nested", "crossed", "foreach of a parameter", "foreach of text", "empty foreach", "gather over one of several", "Item", "gaps", "stream", "null in list", "null value", "handle", "MinSuccess", "too few successes",
        "when", "two conditions", "otherwise", "parameter decides", "item decides", "oneOf", "empty oneOf", "oneOf outcome", "loop", "loop in foreach", "loop reads parameter", "tuple loop", "loop beyond Max", "loop ends at Max", "several iterations",
        "after", "always", "outcome", "contained failure", "lost", "lost inside", "blocked", "skipped", "tuple", "no artifact", "inherited", "overridden", "unnamed enum value", "null refused", "flaky", "sub-flow", "sub-flow in foreach", "sub-flow as a loop",
    ];

    [Fact]
    public void Make_ManyFlows_CoverEveryConstruct()
    {
        var counts = new Dictionary<string, int>();
        for (var seed = 0; seed < 400; seed++)
        {
            var flow = RandomFlows.Make("Flow", seed);
            var analysis = Analysis.Of(flow);
            Assert.Null(analysis.Mistake);
            foreach (var construct in Constructs(flow, analysis, Interpreter.Run(flow, analysis)).Distinct()) counts[construct] = counts.GetValueOrDefault(construct) + 1;
        }
        var rare = Expected.Where(construct => counts.GetValueOrDefault(construct) < 4).ToList();
        Assert.True(rare.Count == 0, $"too rare: {string.Join(", ", rare)} in {string.Join(", ", counts.OrderBy(count => count.Value).Select(count => $"{count.Key} {count.Value}"))}");
    }

    private static IEnumerable<string> Constructs(FlowSpec flow, Analysis analysis, Interpreter run)
    {
        if (flow.Inherited > 0) yield return "inherited";
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            foreach (var construct in OfStep(flow, s, analysis).Concat(OfTasks(flow.Steps[s], [.. run.TasksOf(s).Values], [.. run.LostOf(s)]))) yield return construct;
            if (run.Succeeded && run.TasksOf(s).Values.Any(task => task.Fate == Fate.Failed)) yield return "contained failure";
        }
    }

    private static IEnumerable<string> OfStep(FlowSpec flow, int s, Analysis analysis)
    {
        var (step, scope) = (flow.Steps[s], analysis.Scopes.Of(s));
        if (s < flow.Inherited && step.Home == Home.Override) yield return "overridden";
        if (scope.Any(dimension => analysis.Scopes.Of(dimension).Count > 0)) yield return "nested";
        if (scope.Count(dimension => analysis.Scopes.Of(dimension).Count == 0) > 1) yield return "crossed";
        if (step.Loop is { } loop)
        {
            yield return scope.Count == 0 ? "loop" : "loop in foreach";
            if (loop.Reads >= 0) yield return "loop reads parameter";
            if (step.Outputs.Length > 1) yield return "tuple loop";
        }
        foreach (var after in step.After) yield return after.Always ? "always" : "after";
        if (step.Conditions.Length > 1) yield return "two conditions";
        foreach (var condition in step.Conditions)
        {
            yield return condition.IsOtherwise ? "otherwise" : "when";
            if (condition.Decision.IsParameter) yield return "parameter decides";
            if (analysis.Scopes.Of(condition.Decision).Count > 0) yield return "item decides";
        }
        if (step.Outputs.IsEmpty) yield return "no artifact";
        if (step.Outputs.Length > 1) yield return "tuple";
        if (step.IsFlaky) yield return "flaky";
        if (flow.IsSubFlow(s)) yield return step.Loop is not null ? "sub-flow as a loop" : scope.Count > 0 ? "sub-flow in foreach" : "sub-flow";
        foreach (var construct in step.Inputs.SelectMany(input => OfInput(flow, s, input, analysis))) yield return construct;
    }

    private static IEnumerable<string> OfInput(FlowSpec flow, int s, InputSpec input, Analysis analysis)
    {
        switch (input.Shape)
        {
            case Shape.ForEach:
                if (input.Source.IsParameter) yield return "foreach of a parameter";
                if (flow.KindOf(input.Source) == Kind.Words) yield return "foreach of text";
                break;
            case Shape.OneOf:
                yield return input.Wrap is Wrap.Nullable or Wrap.Optional ? "empty oneOf" : input.Wrap == Wrap.Outcome ? "oneOf outcome" : "oneOf";
                break;
            case Shape.Gather:
                if (input.List == ListKind.Stream) yield return "stream";
                if (analysis.Scopes.Of(s).Count > 0) yield return "gather over one of several";
                if (analysis.Guards.Selection(input.Source.Step, analysis.Scopes.CollectedBy(s, input)).Sides.Count > 0) yield return input.Wrap is Wrap.Nullable or Wrap.Optional ? "null in list" : "gaps";
                if (input.MinSuccess < 1) yield return "MinSuccess";
                if (input.Wrap == Wrap.Indexed) yield return "Item";
                break;
            default:
                if (input.Wrap == Wrap.Nullable && flow.WrapOf(input) == Wrap.None) yield return "null value";
                break;
        }
        if (input.Wrap == Wrap.Outcome) yield return "outcome";
        if (input.Wrap == Wrap.Handle) yield return "handle";
    }

    private static IEnumerable<string> OfTasks(StepSpec step, IReadOnlyCollection<TaskResult> tasks, List<string> lost)
    {
        if (lost.Count > 0) yield return lost.Any(index => index.Length > 0) ? "lost inside" : "lost";
        if (tasks.Count == 0 && lost.Count == 0) yield return "empty foreach";
        foreach (var task in tasks)
        {
            yield return task.Fate.ToString().ToLowerInvariant();
            if (task.Iterations.Count > 1) yield return "several iterations";
            if (step.Loop is { } loop && task.Iterations.Count == loop.Max && loop.StopAtMax) yield return "loop ends at Max";
            if (step.Loop is { StopAtMax: false } ended && task.Fate == Fate.Failed && task.Iterations.Count == ended.Max && step.FailEvery == 0) yield return "loop beyond Max";
            if (task.Fate == Fate.Failed && step.FailEvery == 0 && step.Loop is null) yield return step.Outputs.Any(output => output.IsWild)
                ? step.Outputs.Any(output => output.Kind == Kind.Choice) ? "unnamed enum value" : "null refused" : "too few successes";
        }
    }
}
