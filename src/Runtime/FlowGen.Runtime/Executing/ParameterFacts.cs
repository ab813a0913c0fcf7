using FlowGen.CompilerServices;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>What the parameters of a run settle before it starts.</summary>
internal static class ParameterFacts
{
    /// <summary>The collections that steps iterate, by dimension.</summary>
    /// <exception cref="FlowException">FG1009: a parameter that is iterated is null.</exception>
    public static IReadOnlyList<(int Dimension, object Collection)> Collections(RunScope run)
    {
        if (run.Flow.Dimensions.IsEmpty) return [];
        var found = new List<(int, object)>();
        for (var d = 0; d < run.Flow.Dimensions.Length; d++)
        {
            var dimension = run.Flow.Dimensions[d];
            if (dimension.Kind != SourceKind.Parameter) continue;
            found.Add((d, run.Parameters.ForDimension(dimension.Source)
                ?? throw new FlowException("FG1009", $"Parameter '{dimension.Name}' is iterated, so it cannot be null; give an empty list instead.", 2)));
        }

        return found;
    }

    /// <summary>The decisions.</summary>
    /// <exception cref="FlowException">FG1005: a parameter has none of the values that it decides by.</exception>
    public static DecidedValue[] Decisions(RunScope run)
    {
        if (run.Flow.Decisions.IsEmpty) return [];
        var found = new List<DecidedValue>();
        for (var d = 0; d < run.Flow.Decisions.Length; d++)
        {
            var decision = run.Flow.Decisions[d];
            if (decision.Kind != SourceKind.Parameter) continue;
            var value = run.Parameters.ForDimension(decision.Source);
            var number = value is null ? -1 : decision.Classify(value);
            if (number < 0)
                throw new FlowException("FG1005", $"Parameter '{decision.Name}' decides which steps run, but {value ?? "null"} is none of its values; give one of {string.Join(", ", decision.Values)}.", 2);
            found.Add(new DecidedValue(d, number));
        }

        return [.. found];
    }
}
