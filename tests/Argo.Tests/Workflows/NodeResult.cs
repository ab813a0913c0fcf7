using System.Text.Json.Nodes;

namespace Argo.Tests.Workflows;

internal enum Phase { Succeeded, Failed, Skipped, Omitted }

/// <summary>What became of a node of a workflow.</summary>
internal sealed record NodeResult(Phase Phase, IReadOnlyDictionary<string, string> Outputs)
{
    public static NodeResult Of(Phase phase) => new(phase, new Dictionary<string, string>());

    public bool Went => Phase is Phase.Succeeded or Phase.Skipped;
}

/// <summary>Variables that stand in a template, and the text with their values.</summary>
internal static class Variables
{
    /// <summary>A copy with values for variables; as in Argo, one that has none is an error.</summary>
    public static JsonNode? Fill(JsonNode? node, Func<string, string?> value) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Fill(pair.Value, value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, value))]),
        JsonValue text when text.GetValueKind() == System.Text.Json.JsonValueKind.String => Fill(text.GetValue<string>(), value),
        _ => node?.DeepClone(),
    };

    public static string Fill(string text, Func<string, string?> value)
    {
        for (var at = 0; text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var begin;)
        {
            var end = text.IndexOf("}}", begin, StringComparison.Ordinal);
            var name = text[(begin + 2)..end];
            var known = value(name) ?? throw new InvalidOperationException($"failed to resolve {{{{{name}}}}}");
            text = text[..begin] + known + text[(end + 2)..];
            at = begin + known.Length;
        }

        return text;
    }
}
