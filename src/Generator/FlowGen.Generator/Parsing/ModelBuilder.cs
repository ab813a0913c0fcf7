using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Makes the model of a flow: names become positions, symbols become text.</summary>
internal sealed class ModelBuilder(FlowContext context, GraphParser graph)
{
    private readonly List<StepDeclaration> _steps = graph.Order.Select(id => context.Steps[id])
        .Concat(context.Steps.Where(step => !graph.Order.Contains(step.Id))).ToList();

    public FlowModel Build(string name, FlowTypeModel type)
    {
        var artifacts = _steps.SelectMany(step => step.Artifacts).ToList();
        SourceModel Position(SourceDeclaration source) => source is ParameterDeclaration parameter
            ? new SourceModel(true, context.Parameters.IndexOf(parameter))
            : new SourceModel(false, artifacts.IndexOf((ArtifactDeclaration)source));

        return new FlowModel(
            name, context.Docs.Flow, type,
            context.Parameters.Where(parameter => parameter is { Stored: not null, Parser: not null }).Select(Parameter).ToEquatable(),
            artifacts.Where(artifact => artifact.Stored is not null).Select(Artifact).ToEquatable(),
            graph.Dimensions.Select(source => new DimensionModel(source.Name, Position(source), ItemType(source))).ToEquatable(),
            _steps.Select(step => Step(step, artifacts, Position)).ToEquatable(),
            context.Types.ObjectCodecs);
    }

    private ParameterModel Parameter(ParameterDeclaration parameter) => new(parameter.Name, parameter.Property.Name, parameter.Stored!, parameter.Parser!)
    {
        Description = context.Docs.Of(parameter.Property.Name),
        DefaultText = parameter.Property.Syntax<PropertyDeclarationSyntax>()?.Initializer?.Value.ToString(),
        IsRequired = parameter.Property.IsRequired,
        Checks = parameter.Checks,
    };

    private ArtifactModel Artifact(ArtifactDeclaration artifact) => new(
        artifact.Name, artifact.Stored!, artifact.Element, ClientMembers.Of(artifact, context),
        IsList: graph.Scopes[artifact.Producer.Id] is not null);

    private ArtifactType ItemType(SourceDeclaration source) =>
        source.Stored?.Item ?? context.Types.Resolve(Lists.ItemOf(source.Type, context.Known)!, "items of " + source.Description, source.Place);

    private StepModel Step(StepDeclaration step, List<ArtifactDeclaration> artifacts, Func<SourceDeclaration, SourceModel> position) => new(
        step.Name, step.Method.Name, Call(step), step.Returns, step.Result?.FullName())
    {
        Description = context.Docs.Of(step.Method.Name),
        Arguments = step.Inputs.Select(input => Argument(input, position)).ToEquatable(),
        Scope = (graph.Scopes[step.Id] is { } dimension ? new[] { dimension } : []).ToEquatable(),
        FirstArtifact = step.Artifacts.Count == 0 ? FirstFree(step, artifacts) : artifacts.IndexOf(step.Artifacts[0]),
        ArtifactCount = step.Artifacts.Count,
        After = step.After.Distinct().Select(id => _steps.IndexOf(context.Steps[id])).OrderBy(index => index).ToEquatable(),
        Retry = step.Retry,
        Timeout = step.Timeout,
        MaxParallel = step.Inputs.Select(input => input.MaxParallel).DefaultIfEmpty().Max(),
        Durable = step.Durable,
    };

    /// <summary>Where a step's artifacts would start if it made any.</summary>
    private int FirstFree(StepDeclaration step, List<ArtifactDeclaration> artifacts) =>
        artifacts.TakeWhile(artifact => _steps.IndexOf(artifact.Producer) < _steps.IndexOf(step)).Count();

    private static string Call(StepDeclaration step) =>
        (step.Method.IsStatic ? step.Method.ContainingType.FullName() : "flow") + "." + Escaped(step.Method.Name);

    private ArgumentModel Argument(InputDeclaration input, Func<SourceDeclaration, SourceModel> position) => new(
        input.Parameter.Name, input.Parameter.Type.FullName(), input.Kind,
        input.Source is null ? default : position(input.Source),
        input.Kind == ArgumentKind.Item && input.IsSound ? graph.Dimensions.ToList().IndexOf(input.Source!) : -1,
        input.ItemType?.FullName(),
        input.Parameter.Type.OriginalDefinition.Is(context.Known.ImmutableArray));

    private static string Escaped(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;
}
