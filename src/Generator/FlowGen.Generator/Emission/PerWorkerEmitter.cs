using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the resources of a flow: one entry of the definition and one method that opens it.</summary>
internal static class PerWorkerEmitter
{
    public static void EmitDefinition(SourceWriter writer, FlowModel flow)
    {
        if (flow.PerWorker.Count == 0) return;
        writer.Open("PerWorker =", "[");
        foreach (var resource in flow.PerWorker)
        {
            var needs = new[] { DefinitionEmitter.Services(resource.Arguments), DefinitionEmitter.PerWorker(resource.Arguments) }.OfType<string>().ToList();
            writer.Line($"new({Code.Literal(resource.Name)}, {Code.Literal(resource.Method)}, {NameOf(resource)})" + (needs.Count == 0 ? "," : $" {{ {string.Join(", ", needs)} }},"));
        }
        writer.Close(",", "]");
    }

    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        foreach (var resource in flow.PerWorker)
        {
            writer.Line();
            writer.Open($"private static {(resource.IsTask ? "async " : "")}global::System.Threading.Tasks.ValueTask<object?> {NameOf(resource)}({Code.Services}StepFrame frame)");
            var locals = InvokerEmitter.Locals(resource.Arguments);
            if (resource.Call.StartsWith("flow.", StringComparison.Ordinal) || resource.Arguments.Any(argument => argument.Kind == ArgumentKind.Parameter)) writer.Line($"var flow = ({flow.Type.FullName})frame.Flow;");
            for (var i = 0; i < locals.Count; i++)
            {
                var argument = resource.Arguments[i];
                var value = argument.Kind == ArgumentKind.Parameter ? "flow." + Code.Identifier(flow.Parameters[argument.Source.Index].Property) : InvokerEmitter.Value(argument, -1);
                writer.Line($"{argument.TypeName} {locals[i]} = {value};");
            }

            var call = $"{resource.Call}({string.Join(", ", locals)})";
            writer.Line(resource.IsTask ? $"return await {call}.ConfigureAwait(false);" : $"return new global::System.Threading.Tasks.ValueTask<object?>({call});");
            writer.Close();
        }
    }

    private static string NameOf(PerWorkerModel resource) => resource.Method + "Opening";
}
