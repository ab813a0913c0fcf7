using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>Writes JSON as YAML in the block style that people know of manifests. Text that could be read as something else stands in quotes, as in JSON.</summary>
internal static class YamlWriter
{
    private static readonly string[] NotText = ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n"];

    /// <summary>Several documents, with a line between.</summary>
    public static string Write(params IEnumerable<JsonNode> documents) => string.Join("---\n", documents.Select(static document =>
    {
        var text = new StringBuilder();
        Write(text, document, 0, inList: false);
        return text.ToString();
    }));

    private static void Write(StringBuilder text, JsonNode? node, int depth, bool inList)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                var first = inList;
                foreach (var (key, value) in map)
                {
                    if (!first) text.Append(' ', depth);
                    first = false;
                    text.Append(Scalar(key)).Append(':');
                    Child(text, value, depth);
                }
                break;
            case JsonArray { Count: > 0 } list:
                foreach (var item in list)
                {
                    text.Append(' ', depth).Append("- ");
                    if (item is JsonObject { Count: > 0 }) Write(text, item, depth + 2, inList: true);
                    else if (item is JsonArray { Count: > 0 })
                    {
                        text.Append('\n');
                        Write(text, item, depth + 2, inList: false);
                    }
                    else text.Append(Leaf(item)).Append('\n');
                }
                break;
            default:
                text.Append(Leaf(node)).Append('\n');
                break;
        }
    }

    private static void Child(StringBuilder text, JsonNode? value, int depth)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            // Lists stand under their key without a further indent, as kubectl writes them.
            Write(text, value, value is JsonArray ? depth : depth + 2, inList: false);
        }
        else text.Append(' ').Append(Leaf(value)).Append('\n');
    }

    private static string Leaf(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when node.GetValueKind() == JsonValueKind.String => Scalar(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Scalar(string text)
    {
        var plain = text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_') && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ' ' or '=' or '$' or ',' or '(' or ')')
            && text[^1] != ' ' && !NotText.Contains(text, StringComparer.OrdinalIgnoreCase);
        return plain ? text : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
    }
}
