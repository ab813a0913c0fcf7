using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What is known of one flow while it is parsed.</summary>
internal sealed class FlowContext(Compilation compilation, INamedTypeSymbol type, DocTexts docs)
{
    private readonly List<DiagnosticInfo> _problems = [];

    /// <summary>Whether only its steps and artifacts are asked for, by a flow that takes results of it.</summary>
    public bool IsLookup { get; init; }

    public Compilation Compilation { get; } = compilation;

    public INamedTypeSymbol Type { get; } = type;

    public DocTexts Docs { get; } = docs;

    public KnownTypes Known { get; } = new(compilation);

    public ArtifactTypes Types { get; } = new(compilation, type);

    public SubFlows SubFlows => field ??= new SubFlows(Compilation, Known);

    public List<ParameterDeclaration> Parameters { get; } = [];

    public List<StepDeclaration> Steps { get; } = [];

    /// <summary>Types of parameters with validation attributes on their members.</summary>
    public EquatableArray<InsideModel> Insides { get; set; }

    public List<ResourceDeclaration> Resources { get; } = [];

    public FlowPolicyModel Policies { get; set; } = FlowPolicyModel.None;

    public List<DecisionDeclaration> Decisions { get; } = [];

    public IEnumerable<ArtifactDeclaration> Artifacts => Steps.SelectMany(step => step.Artifacts);

    /// <summary>Everything found so far, those of artifact types included, in source order.</summary>
    public IReadOnlyList<DiagnosticInfo> Problems => _problems.Concat(Types.Problems)
        .OrderBy(problem => FileOrder(problem.Location))
        .ThenBy(problem => problem.Location.SourceSpan.Start)
        .ThenBy(problem => problem.Descriptor.Id, StringComparer.Ordinal)
        .ToList();

    public bool HasErrors => _problems.Concat(Types.Problems).Any(problem => problem.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);

    public void Report(DiagnosticDescriptor descriptor, Location place, params string[] arguments) => Report(descriptor, place, [], arguments);

    public void Report(DiagnosticDescriptor descriptor, Location place, IEnumerable<Location> others, params string[] arguments) =>
        Report(descriptor, place, others, Repair.None, arguments);

    public void Report(DiagnosticDescriptor descriptor, Location place, IEnumerable<Location> others, ImmutableDictionary<string, string?> repairs, params string[] arguments) =>
        _problems.Add(new DiagnosticInfo(descriptor, arguments.ToEquatable(), place.IsInSource ? place : Type.Place(), others.Where(o => o.IsInSource).ToEquatable(), repairs));

    private int FileOrder(Location place)
    {
        var index = 0;
        foreach (var tree in Compilation.SyntaxTrees)
        {
            if (tree == place.SourceTree) return index;
            index++;
        }
        return -1;
    }
}
