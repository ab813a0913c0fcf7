using FlowGen.Generator.Graph;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;

namespace FlowGen.Generator.Parsing;

/// <summary>The graph of a flow whose inputs are bound: order, scopes, dimensions.</summary>
internal sealed class GraphParser
{
    private GraphParser(IReadOnlyList<int> order, Scopes scopes, IReadOnlyDictionary<SourceDeclaration, LabelModel?> labels, IReadOnlyList<SourceDeclaration> dimensions, Guards guards, bool[] contained) =>
        (Order, Scopes, Labels, Dimensions, Guards, Contained) = (order, scopes, labels, dimensions, guards, contained);

    /// <summary>Numbers of the steps so that each comes after those it waits for.</summary>
    public IReadOnlyList<int> Order { get; }

    public Scopes Scopes { get; }

    /// <summary>The collections that are iterated, in the order in which they are first.</summary>
    public IReadOnlyList<SourceDeclaration> Dimensions { get; }

    /// <summary>How people see the items of each dimension.</summary>
    public IReadOnlyDictionary<SourceDeclaration, LabelModel?> Labels { get; }

    /// <summary>When each step runs.</summary>
    public Guards Guards { get; }

    /// <summary>Of each step, by number, whether its failure fails no run.</summary>
    public IReadOnlyList<bool> Contained { get; }

    public static GraphParser Parse(FlowContext context)
    {
        var edges = context.Steps.SelectMany(step => Predecessors(step), (step, from) => (from, step.Id));
        var graph = new StepGraph(context.Steps.Count, edges);
        var order = TopologicalOrder.Of(graph);
        if (order.Count < graph.Count)
            foreach (var cycle in Cycles.Find(graph)) Cycle.Report(cycle, context);

        var dimensions = context.Steps.SelectMany(step => step.Inputs)
            .Where(input => input is { Kind: ArgumentKind.Item, IsSound: true }).Select(input => input.Source!).Distinct().ToList();
        var inputs = context.Steps.Select(step => ScopeInputs(step, dimensions)).ToList();
        var scopes = new Scopes(order, inputs);
        var rules = new ScopeRules(scopes, dimensions, context);
        foreach (var problem in scopes.Problems) rules.Report(problem);
        var guards = GuardParser.Parse(context, order, scopes, dimensions);
        UnequalGathers.Check(scopes, guards, context);
        AmbiguousNull.Check(scopes, guards, context);
        UncertainOutput.Check(scopes, guards, dimensions, context);
        var labels = dimensions.ToDictionary(dimension => dimension, dimension => ConflictingLabels.Check(dimension, context));
        if (!context.HasErrors) UnreadArtifact.Check(context);
        return new GraphParser(order, scopes, labels, dimensions, guards, GuardParser.Contained(context, order));
    }

    private static IEnumerable<int> Predecessors(StepDeclaration step) =>
        step.Inputs.SelectMany(input => input.Producers)
            .Concat(step.Conditions.Select(condition => condition.Decision.Source.Producer?.Id).OfType<int>())
            .Concat(step.After.Select(after => after.Step));

    /// <summary>The step's inputs, services as inputs without a scope so that positions agree with <see cref="StepDeclaration.Inputs"/>.</summary>
    private static List<ScopeInput> ScopeInputs(StepDeclaration step, List<SourceDeclaration> dimensions)
    {
        if (!step.IsCallable) return [new ScopeInput(ScopeInputKind.Unknown)];
        return step.Inputs.Select(input =>
        {
            if (!input.IsSound) return new ScopeInput(ScopeInputKind.Unknown);
            var producer = input.Source?.Producer?.Id ?? -1;
            return input.Kind switch
            {
                ArgumentKind.Item => new ScopeInput(ScopeInputKind.Item, producer, dimensions.IndexOf(input.Source!)),
                ArgumentKind.Gather when input.Over is not null => new ScopeInput(ScopeInputKind.GatherOver, producer, dimensions.IndexOf(input.OverSource!)),
                ArgumentKind.Gather => new ScopeInput(ScopeInputKind.Gather, producer),
                ArgumentKind.OneOf => new ScopeInput(ScopeInputKind.OneOf) { Alternatives = [.. input.Producers] },
                _ => new ScopeInput(ScopeInputKind.Value, producer),
            };
        }).ToList();
    }
}
