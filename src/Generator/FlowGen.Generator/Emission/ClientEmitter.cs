using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the typed client: the class of a run with its artifacts as members, and what starts and finds runs.</summary>
internal static class ClientEmitter
{
    public static void Emit(SourceWriter writer, FlowModel flow)
    {
        if (flow.Type.TakenNames.Contains("Run")) return;
        var definition = FlowEmitter.Definition(flow);
        if (!flow.Type.TakenNames.Contains("RunAsync")) EmitRunAsync(writer, flow, definition);
        if (!flow.Type.TakenNames.Contains("Runs")) EmitRuns(writer, flow, definition);
        EmitRun(writer, flow);
    }

    private static void EmitRunAsync(SourceWriter writer, FlowModel flow, string definition)
    {
        writer.Line($"""

            /// <summary>Runs the flow with the parameters of this object.</summary>
            /// <exception cref="global::FlowGen.RunFailedException">The run failed, and the options do not say that this is expected.</exception>
            {Code.GeneratedCode}
            public global::System.Threading.Tasks.Task<Run> RunAsync(global::FlowGen.RunOptions? options = null, global::System.Threading.CancellationToken cancel = default) =>
            """);
        writer.Line("    " + (flow.IsBroken ? definition : $"{Code.Services}FlowClient.RunAsync({definition}, this, static data => new Run(data), options, cancel)") + ";");
    }

    private static void EmitRuns(SourceWriter writer, FlowModel flow, string definition)
    {
        writer.Line($"""

            /// <summary>The recorded runs of the flow.</summary>
            /// <param name="store">Folder or URL of the datastore; by default that of the program.</param>
            {Code.GeneratedCode}
            public static global::FlowGen.FlowRuns<Run> Runs(string? store = null) =>
            """);
        writer.Line("    " + (flow.IsBroken ? definition : $"{Code.Services}FlowClient.Runs({definition}, static data => new Run(data), store)") + ";");
    }

    private static void EmitRun(SourceWriter writer, FlowModel flow)
    {
        writer.Line($"""

            /// <summary>A run of the flow, with its artifacts.</summary>
            {Code.GeneratedCode}
            """);
        writer.Open("public sealed class Run : global::FlowGen.FlowRun");
        writer.Line("internal Run(global::FlowGen.FlowRunData data) : base(data) { }");
        for (var i = 0; i < flow.Artifacts.Count; i++)
        {
            var artifact = flow.Artifacts[i];
            if (artifact.Member is not { } member) continue;
            var kind = artifact.Scope.Count > 0 ? "ArtifactList" : "Artifact";
            writer.Line($"""

                /// <summary>Artifact <c>{artifact.Name}</c>{Each(artifact, flow)}.</summary>
                """);
            if (artifact.IsOutput) writer.Line($"[{Code.Services}FlowOutput({Code.Literal(artifact.Name)})]");
            writer.Line($"""
                {member.Accessibility} global::FlowGen.Run{kind}<{artifact.Type.TypeName}> {Code.Identifier(member.Name)} => {kind}<{artifact.Type.TypeName}>({i});
                """);
        }
        writer.Close();
    }

    private static string Each(ArtifactModel artifact, FlowModel flow) =>
        artifact.Scope.Count == 0 ? "" : $", one for each item of {string.Join(" and ", artifact.Scope.Select(dimension => $"<c>{flow.Dimensions[dimension].Name}</c>"))}";
}
