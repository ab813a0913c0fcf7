using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace FlowGen.Argo.Manifests;

/// <summary>
/// Parameters of a flow as arguments of a workflow, which are texts: they reach the run as environment variables of the pod that registers it. What equals the text of the default is not given, so a default
/// that no text says stays what it is in the program.
/// </summary>
internal static class WorkflowArguments
{
    /// <summary>Name of the argument: that of the option without its hyphens.</summary>
    public static string NameOf(ParameterDefinition parameter) => CommandLineNames.OptionOf(parameter)[2..];

    /// <summary>The arguments, with defaults and help.</summary>
    public static JsonArray Of(FlowDefinition flow, IReadOnlyDictionary<string, object?> given)
    {
        var defaults = flow.Defaults();
        var arguments = new JsonArray();
        for (var p = 0; p < defaults.Length; p++)
        {
            var parameter = flow.Parameters[p];
            if (parameter.IsSecret || parameter.FromSchedule) continue;
            var argument = new JsonObject { ["name"] = NameOf(parameter) };
            if (given.TryGetValue(parameter.Name, out var value))
                argument["value"] = TextOf(parameter, value) ?? throw ArgoErrors.Impossible($"Parameter {parameter.Name}: the value that is given has no text that means the same, which arguments of a workflow need. Leave it out here, and give it to each run.");
            else if (!parameter.IsRequired) argument["value"] = TextOf(parameter, defaults[p]) ?? "";
            if (parameter.Description is { } help) argument["description"] = help;
            if (parameter is { IsCollection: false, Choices.Count: > 0 } && argument["value"] is { } chosen && parameter.Choices.Contains(chosen.GetValue<string>())) argument["enum"] = new JsonArray([.. parameter.Choices.Select(static choice => (JsonNode)choice)]);
            arguments.Add((JsonNode)argument);
        }

        return arguments;
    }

    /// <summary>Whether a text is what stands for the default in the workflow: the program's own default is taken then.</summary>
    public static bool IsDefault(FlowDefinition flow, int position, string text) => !flow.Parameters[position].IsRequired && text == (TextOf(flow.Parameters[position], flow.Defaults()[position]) ?? "");

    /// <summary>The text that means a value; <c>null</c> if there is none, or none but the empty one.</summary>
    private static string? TextOf(ParameterDefinition parameter, object? value)
    {
        if (value is null) return null;
        // A path; the content is read where the run is registered.
        if (value is InputFile file) return file.Path;
        var encoded = ParameterValues.Encode(parameter, value);
        var text = Show(encoded);
        try
        {
            // Several values are one text with commas between, or JSON.
            var parsed = parameter.Parse([text]);
            return ParameterValues.Encode(parameter, parsed).Span.SequenceEqual(encoded.Span) ? text : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Show(ReadOnlyMemory<byte> encoded)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, JsonOutput.OptionsFor(isIndented: false))) MessagePackJson.Write(writer, new ReadOnlySequence<byte>(encoded), full: true);
        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
