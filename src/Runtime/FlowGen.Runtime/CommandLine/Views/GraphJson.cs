using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A flow's graph as JSON.</summary>
internal static class GraphJson
{
    public static void Write(Utf8JsonWriter json, GraphDescription graph, FlowDefinition flow)
    {
        json.WriteStartObject();
        json.WriteString("flow", graph.Flow);
        json.WriteString("description", graph.Description);
        json.WriteStartArray("parameters");
        foreach (var (parameter, definition) in graph.Parameters.Zip(flow.Parameters))
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("type", parameter.TypeName);
            json.WriteBoolean("required", parameter.IsRequired);
            json.WriteString("default", parameter.DefaultText);
            json.WriteString("description", parameter.Description);
            json.WriteString("option", definition.IsSecret ? CommandLineNames.FileOptionOf(definition) : CommandLineNames.OptionOf(definition));
            json.WriteTexts("variables", CommandLineNames.VariablesOf(definition));
            json.WriteString("example", definition.Example);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("policies");
        foreach (var (name, value) in graph.Policies)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteGraph(json, graph);
        json.WriteEndObject();
    }

    private static void WriteGraph(Utf8JsonWriter json, GraphDescription graph)
    {
        json.WriteStartArray("dimensions");
        foreach (var dimension in graph.Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("name", dimension.Name);
            json.WriteString(SourceNames.Of(dimension.Kind), graph.NameOf(dimension.Kind, dimension.Source));
            json.WriteTexts("in", graph.ScopeOf(dimension).Select(outer => graph.Dimensions[outer].Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("decisions");
        foreach (var decision in graph.Decisions)
        {
            json.WriteStartObject();
            json.WriteString("name", decision.Name);
            json.WriteString(SourceNames.Of(decision.Kind), graph.NameOf(decision.Kind, decision.Source));
            json.WriteTexts("values", decision.Values);
            json.WriteBoolean("closed", decision.IsClosed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in graph.Steps) Write(json, graph, step);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, GraphDescription graph, GraphStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("description", step.Description);
        json.WriteTexts("foreach", step.Scope.Select(dimension => graph.Dimensions[dimension].Name));
        json.WriteStartArray("inputs");
        foreach (var input in step.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("shape", SourceNames.Of(input.Shape));
            json.WriteString(SourceNames.Of(input.Kind), graph.NameOf(input.Kind, input.Source));
            if (input.Shape == InputShape.OneOf) json.WriteTexts("alternatives", input.Alternatives.Select(a => graph.Artifacts[a].Name));
            if (input.Wrap != InputWrap.None) json.WriteString("wrap", SourceNames.Of(input.Wrap));
            if (input.Shape == InputShape.Gather)
            {
                json.WriteTexts("over", graph.Over(step, input));
                if (input.MinSuccess < 1) json.WriteNumber("minSuccess", input.MinSuccess);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("artifacts");
        foreach (var artifact in graph.OutputsOf(step))
        {
            json.WriteStartObject();
            json.WriteString("name", artifact.Name);
            json.WriteString("type", artifact.TypeName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (step.SubFlow is { } inner)
        {
            json.WriteStartObject("subFlow");
            json.WriteString("flow", inner.Flow);
            json.WriteString("description", inner.Description);
            WriteGraph(json, inner);
            json.WriteEndObject();
        }

        WriteGuard(json, graph, step);
        if (step.Loop is { } loop)
        {
            json.WriteStartObject("loop");
            json.WriteNumber("max", loop.Max);
            json.WriteBoolean("stopAtMax", loop.StopAtMax);
            json.WriteString("carries", graph.Artifacts[step.FirstArtifact + loop.Output].Name);
            json.WriteEndObject();
        }

        json.WriteBoolean("contained", step.Contained);
        json.WriteTexts("after", step.After.Where(before => !before.Always).Select(before => graph.Steps[before.Step].Name));
        json.WriteTexts("afterAlways", step.After.Where(before => before.Always).Select(before => graph.Steps[before.Step].Name));
        json.WriteNumber("retries", step.Retries);
        if (step.Timeout is { } limit) json.WriteNumber("timeoutSeconds", limit.TotalSeconds);
        else json.WriteNull("timeoutSeconds");
        json.WriteStartObject("policies");
        foreach (var (name, value) in step.Policies) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>For each decision that a step hangs on, the values with which it runs; "others" stands for all that have no name.</summary>
    private static void WriteGuard(Utf8JsonWriter json, GraphDescription graph, GraphStep step)
    {
        json.WriteStartArray("when");
        foreach (var side in step.Guard)
        {
            var decision = graph.Decisions[side.Decision];
            json.WriteStartObject();
            json.WriteString("decision", decision.Name);
            json.WriteTexts("values", decision.Values.Where((_, i) => side.Allowed[i]));
            json.WriteBoolean("others", !decision.IsClosed && side.Allowed[^1]);
            json.WriteBoolean("inherited", side.IsInherited);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
