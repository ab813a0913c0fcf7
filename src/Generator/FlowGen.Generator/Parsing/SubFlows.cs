using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What other flows look like to a flow that runs them: their outputs, and which flows they run themselves.</summary>
internal sealed class SubFlows(Compilation compilation, KnownTypes known)
{
    private readonly HashSet<ISymbol> _asked = new(SymbolEqualityComparer.Default);

    /// <summary>Names and types of a flow's outputs, in order: as it declares them here, or as its generated code announces them where it was compiled.</summary>
    public IReadOnlyList<(string Name, ITypeSymbol Type)> OutputsOf(INamedTypeSymbol flow)
    {
        if (!flow.ContainingAssembly.Is(compilation.Assembly)) return Announced(flow).ToList();
        // One that is inside of itself is a mistake of its own.
        if (!_asked.Add(flow)) return [];
        var outputs = Marked(flow).SelectMany(step => step.Artifacts).Select(artifact => (artifact.Name, artifact.Type)).ToList();
        _asked.Remove(flow);
        return outputs;
    }

    /// <summary>The way from a flow back to one that it is inside of, over the flows that each runs; <c>null</c> if there is none.</summary>
    public IReadOnlyList<INamedTypeSymbol>? PathBack(INamedTypeSymbol flow, INamedTypeSymbol to)
    {
        if (flow.Is(to)) return [flow];
        if (!flow.ContainingAssembly.Is(compilation.Assembly) || !_asked.Add(flow)) return null;
        foreach (var (method, attributed) in StepParser.Find(flow, known))
        {
            if (attributed.Attribute(known.SubFlow) is null || FlowOf(StepParser.Unwrap(method, known).Result) is not { } inner) continue;
            if (PathBack(inner, to) is { } rest) return [flow, .. rest];
        }

        return null;
    }

    /// <summary>The flow that a type is.</summary>
    public INamedTypeSymbol? FlowOf(ITypeSymbol? type) => type is INamedTypeSymbol named && named.Attribute(known.Flow) is not null ? named : null;

    private IEnumerable<StepDeclaration> Marked(INamedTypeSymbol flow)
    {
        foreach (var (method, attributed) in StepParser.Find(flow, known))
        {
            if (attributed.Attribute(known.Output) is null) continue;
            var (returns, result) = StepParser.Unwrap(method, known);
            var step = new StepDeclaration(0, method, attributed, returns, result);
            if (attributed.Attribute(known.SubFlow) is not null) step.SubFlow = FlowOf(result);
            StepParser.Declare(step, attributed.Attribute(known.Step)?.Named("Makes") as string, this);
            yield return step;
        }
    }

    private IEnumerable<(string, ITypeSymbol)> Announced(INamedTypeSymbol flow) =>
        from run in flow.GetTypeMembers("Run")
        from property in run.GetMembers().OfType<IPropertySymbol>()
        let output = property.Attribute(known.FlowOutput)?.Text(0)
        where output is not null && property.Type is INamedTypeSymbol { TypeArguments.Length: 1 }
        select (output, ((INamedTypeSymbol)property.Type).TypeArguments[0]);
}
