using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>The dimensions in which each step runs, slowest first.</summary>
internal sealed class Scopes(FlowSpec flow)
{
    private readonly List<SourceSpec>[] _scopes = [.. flow.Steps.Select(_ => new List<SourceSpec>())];

    /// <summary>Of a step; -1 for a parameter.</summary>
    public IReadOnlyList<SourceSpec> Of(int step) => step < 0 ? [] : _scopes[step];

    public IReadOnlyList<SourceSpec> Of(SourceSpec source) => Of(source.Step);

    /// <summary>The dimensions that a gather collects.</summary>
    public IReadOnlyList<SourceSpec> CollectedBy(int step, InputSpec gather) => [.. Of(gather.Source).Except(_scopes[step])];

    public Mistake? Check()
    {
        var orders = new HashSet<(SourceSpec First, SourceSpec Second)>();
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            if (Decide(s, flow.Steps[s]) is { } mistake) return mistake;
            for (var i = 0; i < _scopes[s].Count; i++)
                for (var j = i + 1; j < _scopes[s].Count; j++) orders.Add((_scopes[s][i], _scopes[s][j]));
            if (orders.Any(order => orders.Contains((order.Second, order.First)))) return Mistake.DimensionOrder;
        }
        return null;
    }

    private Mistake? Decide(int s, StepSpec step)
    {
        var iterated = step.Inputs.Where(input => input.Shape == Shape.ForEach).Select(input => input.Source).ToList();
        if (iterated.Distinct().Count() < iterated.Count) return Mistake.RepeatedForEach;
        foreach (var gather in step.Inputs.Where(input => input.Shape == Shape.Gather && input.Over is not null))
            if (!Of(gather.Source).Contains(gather.Over!.Value)) return Of(gather.Source).Count == 0 ? Mistake.NothingToGather : Mistake.ForeignOver;

        var others = step.Inputs.Where(input => input.Shape != Shape.ForEach).Select(Contribution).ToList();
        if (others.Contains(null)) return Mistake.ScatteredAlternatives;
        if (iterated.Count > 0)
            foreach (var collection in iterated) _scopes[s].AddRange(Of(collection).Append(collection).Except(_scopes[s]).ToList());
        else
            _scopes[s] = [.. others.MaxBy(scope => scope!.Count) ?? []];
        if (others.Any(scope => scope!.Except(_scopes[s]).Any())) return Mistake.SilentMultiplication;
        return step.Inputs.Where(input => input.Shape == Shape.Gather).Select(gather => OfGather(s, gather)).FirstOrDefault(mistake => mistake is not null);
    }

    private Mistake? OfGather(int s, InputSpec gather)
    {
        var collected = CollectedBy(s, gather);
        if (collected.Count == 0) return Mistake.NothingToGather;
        if (gather.Over is { } over) return collected.ToHashSet().SetEquals(Of(gather.Source).Where(d => d == over || Of(d).Contains(over))) ? null : Mistake.NothingToGather;
        return collected.Any(d => Of(d).Intersect(collected).Any()) ? Mistake.AmbiguousGather : null;
    }

    /// <summary>What an input other than an item adds to the scope; <c>null</c> if that is not defined.</summary>
    private IReadOnlyList<SourceSpec>? Contribution(InputSpec input)
    {
        switch (input.Shape)
        {
            case Shape.Gather when input.Over is { } over:
                return [.. Of(input.Source).Where(d => d != over && !Of(d).Contains(over))];
            case Shape.Gather:
                return [];
            case Shape.OneOf:
                var largest = input.Sources.Select(Of).MaxBy(scope => scope.Count)!;
                return input.Sources.All(source => !Of(source).Except(largest).Any()) ? largest : null;
            default:
                return Of(input.Source);
        }
    }
}
