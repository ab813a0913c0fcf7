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
        json.WriteStartArray("steps");
        foreach (var step in graph.Steps) Write(json, graph, step);
        json.WriteEndArray();
        json.WriteEndObject();
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
            json.WriteString("shape", input.Shape switch { InputShape.Item => "item", InputShape.Gather => "gather", _ => "value" });
            json.WriteString(input.Kind == SourceKind.Artifact ? "artifact" : "parameter", graph.NameOf(input.Kind, input.Source));
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
        json.WriteTexts("after", step.After.Select(before => graph.Steps[before.Step].Name));
        json.WriteNumber("retries", step.Retries);
        if (step.Timeout is { } limit) json.WriteNumber("timeoutSeconds", limit.TotalSeconds);
        else json.WriteNull("timeoutSeconds");
        json.WriteStartObject("policies");
        foreach (var (name, value) in step.Policies) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
