using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A flow's graph as a Mermaid flowchart: parameters slanted, foreaches as stacked steps.</summary>
internal static class GraphMermaid
{
    public static void Write(TextWriter output, GraphDescription graph)
    {
        output.WriteLine("flowchart TD");

        // Names of steps can be words of Mermaid ("end"), positions cannot.
        var used = graph.Steps.SelectMany(s => s.Inputs).Where(i => i.Kind == SourceKind.Parameter).Select(i => i.Source).ToHashSet();
        for (var i = 0; i < graph.Parameters.Length; i++)
        {
            if (used.Contains(i)) output.WriteLine($"    p{i}[/\"{Escape(graph.Parameters[i].Name)}\"/]");
        }

        for (var i = 0; i < graph.Steps.Length; i++)
        {
            var (open, close) = graph.Steps[i].Scope.IsEmpty ? ("[", "]") : ("[[", "]]");
            output.WriteLine($"    s{i}{open}\"{Escape(graph.Steps[i].Name)}\"{close}");
        }

        for (var i = 0; i < graph.Steps.Length; i++)
        {
            foreach (var input in graph.Steps[i].Inputs) output.WriteLine($"    {SourceOf(graph, input)} {Arrow(graph, input)} s{i}");
            foreach (var before in graph.Steps[i].After) output.WriteLine($"    s{before.Step} -.-> s{i}");
        }
    }

    private static string SourceOf(GraphDescription graph, InputDefinition input) =>
        input.Kind == SourceKind.Parameter ? $"p{input.Source}" : $"s{graph.Artifacts[input.Source].Step}";

    private static string Arrow(GraphDescription graph, InputDefinition input)
    {
        var name = Escape(graph.NameOf(input.Kind, input.Source));
        return input.Shape switch
        {
            InputShape.Item => $"-->|\"each of {name}\"|",
            InputShape.Gather => $"==>|\"all {name}\"|",
            _ when input.Kind == SourceKind.Parameter || graph.Steps[graph.Artifacts[input.Source].Step].Name == name => "-->",
            _ => $"-->|\"{name}\"|",
        };
    }

    private static string Escape(string name) => name.Replace("\"", "#quot;", StringComparison.Ordinal);
}
