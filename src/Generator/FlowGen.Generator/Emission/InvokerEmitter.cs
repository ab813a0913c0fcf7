using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes one method a step that calls it. Arguments go through locals of exactly the parameters' types, so that no other overload can win.</summary>
internal static class InvokerEmitter
{
    /// <remarks>The names of codecs and of checks end in other words, so they never collide.</remarks>
    public static string NameOf(StepModel step) => step.Method + "Step";

    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        foreach (var step in flow.Steps)
        {
            writer.Line();
            writer.Open($"private static {(step.Returns.IsTask ? "async " : "")}global::System.Threading.Tasks.ValueTask {NameOf(step)}({Code.Services}StepFrame frame)");
            var locals = Locals(step.Arguments);
            if (step.Call.StartsWith("flow.", StringComparison.Ordinal)) writer.Line($"var flow = ({flow.Type.FullName})frame.Flow;");
            var slot = 0;
            var position = 0;
            foreach (var argument in step.Arguments)
                writer.Line($"{argument.TypeName} {locals[position++]} = {Value(argument, argument.IsInput ? slot++ : -1)};");

            var call = $"{step.Call}({string.Join(", ", locals)})";
            if (step.Returns.IsTask) call = $"await {call}.ConfigureAwait(false)";
            writer.Line(step.Returns.HasValue ? $"{step.ResultType} result = {call};" : call + ";");
            if (step.SubFlow is not null) writer.Line("frame.Set(0, result);");
            else for (var i = 0; i < step.ArtifactCount; i++)
            {
                var element = flow.Artifacts[step.FirstArtifact + i].Element;
                writer.Line($"frame.Set({i}, result{(element is null ? "" : "." + Code.Identifier(element))});");
            }
            if (!step.Returns.IsTask) writer.Line("return default;");
            writer.Close();
        }
    }

    /// <summary>The locals of a method's arguments: named as its parameters, but for those that would hide what the method itself needs.</summary>
    public static List<string> Locals(EquatableArray<ArgumentModel> arguments)
    {
        var taken = new HashSet<string>(arguments.Select(argument => argument.Name).Concat(["flow", "frame", "result"]), StringComparer.Ordinal);
        return [.. arguments.Select(argument => Code.Identifier(argument.Name is "flow" or "frame" or "result" ? Free(argument.Name) : argument.Name))];

        string Free(string name)
        {
            do name += "_"; while (!taken.Add(name));
            return name;
        }
    }

    public static string Value(ArgumentModel argument, int slot) => argument.Kind switch
    {
        ArgumentKind.Context => "frame.Context",
        ArgumentKind.CancellationToken => "frame.CancellationToken",
        ArgumentKind.Logger => "frame.Logger",
        ArgumentKind.Service => $"frame.{(argument.Wrap == WrapKind.Nullable ? "OptionalService" : "Service")}<{argument.ValueTypeName}>()",
        ArgumentKind.PerWorker => $"frame.PerWorker<{argument.ValueTypeName}>({argument.Source.Index})",
        ArgumentKind.Gather when argument.List == ListKind.Stream => $"frame.Stream({slot}, {Wrapper(argument)})",
        ArgumentKind.Gather when argument.List == ListKind.ImmutableArray =>
            $"global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray({Taken("Gather", argument, slot)})",
        ArgumentKind.Gather => Taken("Gather", argument, slot),
        _ => Taken("Value", argument, slot),
    };

    private static string Taken(string method, ArgumentModel argument, int slot) =>
        argument.Wrap == WrapKind.None ? $"frame.{method}<{argument.ValueTypeName}>({slot})" : $"frame.{method}({slot}, {Wrapper(argument)})";

    private static string Wrapper(ArgumentModel argument) =>
        $"{Code.Services}InputWraps.{(argument.Wrap == WrapKind.Nullable ? WrapKind.None : argument.Wrap)}<{argument.ValueTypeName}>";
}
