using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the flow as data.</summary>
internal static class DefinitionEmitter
{
    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        writer.Open($"internal static readonly {Code.Services}FlowDefinition Definition = new()");
        writer.Line($"Name = {Code.Literal(flow.Name)},");
        writer.Line($"ClassName = {Code.Literal(flow.Type.ClassName)},");
        if (flow.Description is not null) writer.Line($"Description = {Code.Literal(flow.Description)},");
        Array(writer, "Parameters", flow.Parameters, parameter => ParameterEmitter.EmitDefinition(writer, parameter));
        Array(writer, "Artifacts", flow.Artifacts, artifact => writer.Line(Artifact(artifact, flow)));
        Array(writer, "Dimensions", flow.Dimensions, dimension => writer.Line(Dimension(dimension)));
        if (flow.Decisions.Count > 0) Array(writer, "Decisions", flow.Decisions, decision => writer.Line(DecisionEmitter.Definition(decision)));
        Array(writer, "Steps", flow.Steps, step => Step(writer, flow, step));
        PerWorkerEmitter.EmitDefinition(writer, flow);
        PolicyEmitter.Emit(writer, flow.Policies);
        PolicyEmitter.EmitFinally(writer, flow);
        writer.Line("Create = Create,");
        writer.Line("ReadParameters = ReadParameters,");
        writer.Line("Defaults = Defaults,");
        writer.Line("Code = Code(),");
        writer.Close(";");
        writer.Line($$"""

            private static string? Code()
            {
                string? code = null;
                {{CodeDescriptionEmitter.Method}}(ref code);
                return code;
            }

            static partial void {{CodeDescriptionEmitter.Method}}(ref string? code);
            """);
    }

    private static void Array<T>(SourceWriter writer, string name, EquatableArray<T> items, Action<T> emit)
    {
        if (items.Count == 0)
        {
            writer.Line($"{name} = [],");
            return;
        }
        writer.Open($"{name} =", "[");
        foreach (var item in items) emit(item);
        writer.Close(",", "]");
    }

    private static string Artifact(ArtifactModel artifact, FlowModel flow) => ProducerOf(artifact, flow).SubFlow is { } inner
        ? $"{Code.Services}SubFlowDefinition.Output<{inner}>({Code.Literal(artifact.Element)}, {Code.Literal(artifact.Name)}),"
        : Artifact(artifact.Name, artifact.Type) + ",";

    public static string Artifact(string name, ArtifactType type) =>
        $"new {Code.Services}ArtifactDefinition<{type.TypeName}, {type.CodecName}> " +
        $"{{ Name = {Code.Literal(name)}, TypeName = {Code.Literal(type.DisplayName)}, Shareable = {Code.Literal(type.Shareable)}" + (type.Nullable ? ", Nullable = true" : "") + " }";

    private static StepModel ProducerOf(ArtifactModel artifact, FlowModel flow)
    {
        var position = flow.Artifacts.ToList().IndexOf(artifact);
        return flow.Steps.Last(step => step.ArtifactCount > 0 && step.FirstArtifact <= position && position < step.FirstArtifact + step.ArtifactCount);
    }

    private static string Dimension(DimensionModel dimension) =>
        $"new({Code.Literal(dimension.Name)}, {Source(dimension.Source)}, " +
        $"new {Code.Services}ItemAccess<{dimension.Item.TypeName}, {dimension.Item.CodecName}> {{ Shareable = {Code.Literal(dimension.Item.Shareable)} }})" +
        (dimension.Label is { } label ? $" {{ Label = static item => item is null ? null : global::System.FormattableString.Invariant($\"{{(({label.TypeName})item).{Code.Identifier(label.Member)}}}\") }}," : ",");

    private static void Step(SourceWriter writer, FlowModel flow, StepModel step)
    {
        writer.Open("new()");
        writer.Line($"Name = {Code.Literal(step.Name)},");
        writer.Line($"Method = {Code.Literal(step.Method)},");
        if (step.Description is not null) writer.Line($"Description = {Code.Literal(step.Description)},");
        if (step.Scope.Count > 0) writer.Line($"Scope = {Positions(step.Scope)},");
        if (step.Arguments.Any(argument => argument.IsInput))
            Array(writer, "Inputs", step.Arguments.Where(argument => argument.IsInput).ToEquatable(), input => writer.Line(Input(input)));
        if (Services(step.Arguments) is { } services) writer.Line(services + ",");
        if (PerWorker(step.Arguments) is { } resources) writer.Line(resources + ",");
        writer.Line($"FirstArtifact = {step.FirstArtifact},");
        writer.Line($"ArtifactCount = {step.ArtifactCount},");
        if (step.After.Count > 0) writer.Line($"After = {Code.List(step.After.Select(after => after.Always ? $"new({after.Step}, Always: true)" : $"new({after.Step})"))},");
        if (step.Guard.Count > 0) writer.Line($"Guard = {Code.List(step.Guard.Select(DecisionEmitter.Guard))},");
        if (step.Contained) writer.Line("Contained = true,");
        if (step.Loop is { } loop) writer.Line($"Loop = {DecisionEmitter.Loop(loop, flow.Type.FullName)},");
        if (step.SubFlow is { } inner) writer.Line($"SubFlow = {Code.Services}SubFlowDefinition.Of<{inner}>({string.Join(", ", flow.Artifacts.Skip(step.FirstArtifact).Take(step.ArtifactCount).Select(artifact => Code.Literal(artifact.Element)))}),");
        PolicyEmitter.Emit(writer, step.Policies);
        if (step.MaxParallel > 0) writer.Line($"MaxParallel = {step.MaxParallel},");
        if (step.Durable) writer.Line("Durable = true,");
        if (step.Arguments.Any(argument => argument.Kind == ArgumentKind.Context)) writer.Line("TakesContext = true,");
        writer.Line($"Invoke = {InvokerEmitter.NameOf(step)},");
        writer.Close(",");
    }

    private static string Input(ArgumentModel input) =>
        $"new({Code.Literal(input.Name)}, {Code.Services}InputShape.{input.Kind}, {Source(input.Source)}" + (input.Dimension < 0 ? "" : $", {input.Dimension}") + ")" + Initializer(Properties(input)) + ",";

    /// <summary>The services that a method takes; <c>null</c> for none.</summary>
    public static string? Services(EquatableArray<ArgumentModel> arguments)
    {
        var services = arguments.Where(argument => argument.Kind == ArgumentKind.Service).ToList();
        return services.Count == 0 ? null : $"Services = {Code.List(services.Select(service =>
            $"new({Code.Literal(service.Name)}, typeof({service.ValueTypeName}), {Code.Literal(service.ShownType)})" + (service.Wrap == WrapKind.Nullable ? " { IsOptional = true }" : "")))}";
    }

    /// <summary>The resources that a method takes; <c>null</c> for none.</summary>
    public static string? PerWorker(EquatableArray<ArgumentModel> arguments)
    {
        var resources = arguments.Where(argument => argument.Kind == ArgumentKind.PerWorker).Select(argument => argument.Source.Index).Distinct().ToList();
        return resources.Count == 0 ? null : $"PerWorker = {Positions(resources)}";
    }

    private static IEnumerable<string> Properties(ArgumentModel input)
    {
        if (input.Wrap != WrapKind.None) yield return $"Wrap = {Code.Services}InputWrap.{input.Wrap}";
        if (input.Alternatives.Count > 0) yield return $"Alternatives = {Positions(input.Alternatives)}";
        if (input.Kind == ArgumentKind.Gather && input.MinSuccess < 1) yield return $"MinSuccess = {Code.Literal(input.MinSuccess)}";
        if (input.Kind == ArgumentKind.Gather && input.List == ListKind.Stream) yield return "IsStream = true";
    }

    private static string Initializer(IEnumerable<string> properties) => string.Join(", ", properties) is { Length: > 0 } text ? $" {{ {text} }}" : "";

    public static string Source(SourceModel source) => $"{Code.Services}SourceKind.{(source.IsParameter ? "Parameter" : "Artifact")}, {source.Index}";

    private static string Positions(IEnumerable<int> positions) => Code.List(positions.Select(position => $"{position}"));
}
