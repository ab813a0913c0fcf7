using Language.Tests.Flows;
using Language.Tests.Reference;

namespace Language.Tests;

/// <summary>Makes a flow on which something is wrong smaller while it stays wrong, so that people can look at it.</summary>
internal static class Shrinking
{
    private const int Tries = 150;

    /// <summary>What is wrong, with the smallest flow on which something is, its source and the seed that repeats it.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="found">What is wrong with it.</param>
    /// <param name="difference">Asks the same of another flow.</param>
    public static async Task<string> ReportAsync(FlowSpec flow, string found, Func<FlowSpec, Task<string?>> difference)
    {
        var (smallest, tries, mistake) = (flow, 0, Analysis.Of(flow).Mistake);
        for (var isSmaller = true; isSmaller && tries < Tries;)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(smallest))
            {
                if (++tries > Tries) break;
                if (Analysis.Of(smaller).Mistake != mistake || await difference(smaller) is not { } still) continue;
                (smallest, found, isSmaller) = (smaller, still, true);
                break;
            }
        }
        return $"Seed {flow.Seed}, {flow.Name}: {found}\n\n{FlowRenderer.Render(smallest)}\nThe whole flow:\n\n{FlowRenderer.Render(flow)}";
    }

    private static IEnumerable<FlowSpec> Smaller(FlowSpec flow)
    {
        foreach (var s in Enumerable.Range(0, flow.Steps.Length).Reverse())
            if (flow.Steps.Length > 1 && flow.Without(s) is { } without) yield return without;
        if (flow.Inherited > 0) yield return flow with { Inherited = 0 };
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            var step = flow.Steps[s];
            foreach (var condition in step.Conditions) yield return With(step with { Conditions = step.Conditions.Remove(condition) });
            foreach (var input in step.Inputs.Where(input => input.Shape != Shape.Carry)) yield return With(step with { Inputs = step.Inputs.Remove(input) });
            if (!step.After.IsEmpty) yield return With(step with { After = [] });
            if (step.FailEvery > 0) yield return With(step with { FailEvery = 0 });
            if (step.IsFlaky) yield return With(step with { IsFlaky = false });
            if (step.Style != Style.Plain) yield return With(step with { Style = Style.Plain });
            if (step.WantsSubFlow) yield return With(step with { WantsSubFlow = false });
            if (step.Reads >= 0) yield return With(step with { Reads = -1 });

            FlowSpec With(StepSpec changed) => flow with { Steps = flow.Steps.SetItem(s, changed) };
        }
    }
}
