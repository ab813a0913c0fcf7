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
        var positions = context.Parameters.Select((parameter, i) => (Source: (SourceDeclaration)parameter, Position: new SourceModel(true, i)))
            .Concat(artifacts.Select((artifact, i) => (Source: (SourceDeclaration)artifact, Position: new SourceModel(false, i))))
            .Concat(context.Resources.Select((resource, i) => (Source: (SourceDeclaration)resource, Position: new SourceModel(false, i))))
            .ToDictionary(pair => pair.Source, pair => pair.Position);

        var members = new ClientMembers();
        return new FlowModel(
            name, context.Docs.Flow, type,
            context.Parameters.Where(parameter => parameter is { Stored: not null, Parser: not null }).Select(Parameter).ToEquatable(),
            artifacts.Where(artifact => artifact.Stored is not null).Select(artifact => Artifact(artifact, members)).ToEquatable(),
            graph.Dimensions.Select(source => new DimensionModel(source.Name, positions[source], ItemType(source), graph.Labels[source])).ToEquatable(),
            context.Decisions.Select(decision => Decision(decision, positions)).ToEquatable(),
            _steps.Select(step => Step(step, artifacts, positions)).ToEquatable(),
            context.Types.Codecs)
        {
            Insides = context.Insides,
            Policies = context.Policies,
            PerWorker = context.Resources.Select(resource => new PerWorkerModel(
                resource.Name, resource.Method.Name, Call(resource.Method), resource.Returns.IsTask, resource.Inputs.Select(input => Argument(input, positions)).ToEquatable())).ToEquatable(),
        };
    }

    private ParameterModel Parameter(ParameterDeclaration parameter) => new(parameter.Name, parameter.Property.Name, parameter.Stored!, parameter.Parser!)
    {
        Description = context.Docs.Of(parameter.Property.Name),
        DefaultText = parameter.IsFromRun ? null : parameter.Property.Syntax<PropertyDeclarationSyntax>()?.Initializer?.Value.ToString(),
        FromRun = parameter.FromRun,
        IsFromSchedule = parameter.IsFromSchedule,
        IsRequired = parameter.Property.IsRequired,
        Checks = parameter.Checks,
        Inside = parameter.Inside,
    };

    private ArtifactModel Artifact(ArtifactDeclaration artifact, ClientMembers members) => new(
        artifact.Name, artifact.Stored!, artifact.Element, members.Of(artifact),
        graph.Scopes[artifact.Producer.Id].ToEquatable())
    {
        IsOutput = artifact.Producer.IsOutput,
    };

    private ArtifactType ItemType(SourceDeclaration source) =>
        source.Stored?.Item ?? context.Types.Resolve(Lists.ItemOf(source.Type, context.Known)!, "items of " + source.Description, source.Place);

    private StepModel Step(StepDeclaration step, List<ArtifactDeclaration> artifacts, Dictionary<SourceDeclaration, SourceModel> positions) => new(
        step.Name, step.Method.Name, Call(step.Method), step.Returns, step.Result?.FullName())
    {
        Description = context.Docs.Of(step.Method.Name),
        Arguments = step.Inputs.Select(input => Argument(input, positions)).ToEquatable(),
        Scope = graph.Scopes[step.Id].ToEquatable(),
        FirstArtifact = step.Artifacts.Count == 0 ? FirstFree(step, artifacts) : positions[step.Artifacts[0]].Index,
        ArtifactCount = step.Artifacts.Count,
        After = step.After.GroupBy(after => after.Step)
            .Select(same => new AfterModel(_steps.IndexOf(context.Steps[same.Key]), same.All(after => after.Always))).OrderBy(after => after.Step).ToEquatable(),
        Guard = Guard(step),
        Contained = graph.Contained[step.Id],
        Loop = step.Loop is { } loop ? Loop(step, loop) : null,
        SubFlow = step.SubFlow?.FullName(),
        Policies = step.Policies,
        MaxParallel = step.Inputs.Select(input => input.MaxParallel).Where(limit => limit > 0).DefaultIfEmpty().Min(),
        Durable = step.Durable,
    };

    private static DecisionModel Decision(DecisionDeclaration decision, Dictionary<SourceDeclaration, SourceModel> positions) => new(
        decision.Source.Name, positions[decision.Source], decision.Source.Type.FullName(),
        decision.Values.Select(value => new DecisionValueModel(value.Shown, value.Code)).ToEquatable(), decision.IsClosed);

    private EquatableArray<GuardModel> Guard(StepDeclaration step) => graph.Guards[step.Id] is not { } box ? default : box.Decisions
        .Select(decision => new GuardModel(decision, box[decision]!.ToEquatable(), step.Conditions.All(condition => condition.Decision.Number != decision))).ToEquatable();

    /// <summary>Where a step's artifacts would start if it made any.</summary>
    private int FirstFree(StepDeclaration step, List<ArtifactDeclaration> artifacts) =>
        artifacts.TakeWhile(artifact => _steps.IndexOf(artifact.Producer) < _steps.IndexOf(step)).Count();

    private static LoopModel Loop(StepDeclaration step, LoopDeclaration loop) =>
        new(loop.Max, loop.StopAtMax, step.Artifacts.IndexOf(loop.Output), Call(loop.Predicate), loop.Predicate.Parameters[0].Type.FullName());

    private static string Call(IMethodSymbol method) => (method.IsStatic ? method.ContainingType.FullName() : "flow") + "." + Escaped(method.Name);

    private ArgumentModel Argument(InputDeclaration input, Dictionary<SourceDeclaration, SourceModel> positions) => new(
        input.Parameter.Name, input.Parameter.Type.FullName(), input.Kind, input.Source is null ? default : positions[input.Source])
    {
        Dimension = input.Kind == ArgumentKind.Item && input.IsSound ? graph.Dimensions.ToList().IndexOf(input.Source!) : -1,
        Wrap = input.Shape.Wrap,
        ValueTypeName = input.Shape.Value.FullName(),
        ShownType = input.Kind == ArgumentKind.Service ? input.Shape.Value.Shown() : null,
        List = Lists.KindOf(input.Parameter.Type, context.Known),
        MinSuccess = input.MinSuccess,
        Alternatives = input.Alternatives.Select(alternative => positions[alternative].Index).ToEquatable(),
    };

    private static string Escaped(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;
}
