using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes one method a step that calls it. Arguments go through locals of exactly the parameters' types, so that no other overload can win.</summary>
internal static class InvokerEmitter
{
    public static string NameOf(StepModel step) => "Invoke" + step.Method;

    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        foreach (var step in flow.Steps)
        {
            writer.Line();
            writer.Open($"private static {(step.Returns.IsTask ? "async " : "")}global::System.Threading.Tasks.ValueTask {NameOf(step)}({Code.Services}StepFrame frame)");
            if (step.Call.StartsWith("flow.", StringComparison.Ordinal)) writer.Line($"var flow = ({flow.Type.FullName})frame.Flow;");
            var slot = 0;
            foreach (var argument in step.Arguments)
                writer.Line($"{argument.TypeName} {Local(argument)} = {Value(argument, argument.IsInput ? slot++ : -1)};");

            var call = $"{step.Call}({string.Join(", ", step.Arguments.Select(Local))})";
            if (step.Returns.IsTask) call = $"await {call}.ConfigureAwait(false)";
            writer.Line(step.Returns.HasValue ? $"{step.ResultType} result = {call};" : call + ";");
            for (var i = 0; i < step.ArtifactCount; i++)
            {
                var element = flow.Artifacts[step.FirstArtifact + i].Element;
                writer.Line($"frame.Set({i}, result{(element is null ? "" : "." + Code.Identifier(element))});");
            }
            if (!step.Returns.IsTask) writer.Line("return default;");
            writer.Close();
        }
    }

    private static string Local(ArgumentModel argument) =>
        argument.Name is "flow" or "frame" or "result" ? argument.Name + "_" : Code.Identifier(argument.Name);

    private static string Value(ArgumentModel argument, int slot) => argument.Kind switch
    {
        ArgumentKind.Context => "frame.Context",
        ArgumentKind.CancellationToken => "frame.CancellationToken",
        ArgumentKind.Logger => "frame.Logger",
        ArgumentKind.Gather when argument.IsImmutableArray =>
            $"global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(frame.Gather<{argument.ItemTypeName}>({slot}))",
        ArgumentKind.Gather => $"frame.Gather<{argument.ItemTypeName}>({slot})",
        _ => $"frame.Value<{argument.TypeName}>({slot})",
    };
}
