using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A flow's graph as a Mermaid flowchart: parameters slanted, foreaches as stacked steps, choices as labelled edges, loops as edges of a step to itself.</summary>
internal static class GraphMermaid
{
    public static void Write(TextWriter output, GraphDescription graph)
    {
        output.WriteLine("flowchart TD");

        // Names of steps can be words of Mermaid ("end"), positions cannot.
        var used = graph.Steps.SelectMany(s => s.Inputs).Where(i => i.Kind == SourceKind.Parameter).Select(i => i.Source)
            .Concat(graph.Steps.SelectMany(s => s.OwnGuard()).Select(side => graph.Decisions[side.Decision]).Where(d => d.Kind == SourceKind.Parameter).Select(d => d.Source)).ToHashSet();
        for (var i = 0; i < graph.Parameters.Length; i++)
        {
            if (used.Contains(i)) output.WriteLine($"    p{i}[/\"{Escape(graph.Parameters[i].Name)}\"/]");
        }

        for (var i = 0; i < graph.Steps.Length; i++)
        {
            var (open, close) = graph.Steps[i].Scope.IsEmpty ? ("[", "]") : ("[[", "]]");
            var flow = graph.Steps[i].SubFlow is { } inner ? $": flow {Escape(inner.Flow)}" : "";
            output.WriteLine($"    s{i}{open}\"{Escape(graph.Steps[i].Name)}{flow}\"{close}");
        }

        for (var i = 0; i < graph.Steps.Length; i++)
        {
            var step = graph.Steps[i];
            foreach (var input in step.Inputs)
            {
                if (input.Shape == InputShape.OneOf) foreach (var alternative in input.Alternatives) output.WriteLine($"    s{graph.Artifacts[alternative].Step} -->|\"or {Escape(graph.Artifacts[alternative].Name)}\"| s{i}");
                else output.WriteLine($"    {SourceOf(graph, input.Kind, input.Source)} {Arrow(graph, step, input)} s{i}");
            }

            foreach (var side in step.OwnGuard())
                output.WriteLine($"    {SourceOf(graph, graph.Decisions[side.Decision].Kind, graph.Decisions[side.Decision].Source)} -.->|\"{Escape(graph.Condition(side))}\"| s{i}");
            if (step.Loop is { } loop) output.WriteLine($"    s{i} -->|\"again, at most {Numbers.Show(loop.Max)} times\"| s{i}");
            foreach (var before in step.After) output.WriteLine(before.Always ? $"    s{before.Step} -.->|\"in any case\"| s{i}" : $"    s{before.Step} -.-> s{i}");
        }
    }

    private static string SourceOf(GraphDescription graph, SourceKind kind, int source) =>
        kind == SourceKind.Parameter ? $"p{source}" : $"s{graph.Artifacts[source].Step}";

    private static string Arrow(GraphDescription graph, GraphStep step, InputDefinition input)
    {
        var name = Escape(graph.NameOf(input.Kind, input.Source));
        return input.Shape switch
        {
            InputShape.Item => $"-->|\"each of {name}\"|",
            InputShape.Gather when step.Scope.IsEmpty => $"==>|\"all {name}\"|",
            InputShape.Gather => $"==>|\"all {name} over {Escape(string.Join(", ", graph.Over(step, input)))}\"|",
            InputShape.Carry => $"-->|\"first {name}\"|",
            _ when input.Kind == SourceKind.Parameter || graph.Steps[graph.Artifacts[input.Source].Step].Name == name => "-->",
            _ => $"-->|\"{name}\"|",
        };
    }

    private static string Escape(string name) => name.Replace("\"", "#quot;", StringComparison.Ordinal);
}
