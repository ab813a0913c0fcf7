using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>Reads YAML, of which JSON is a part, as JSON. Only the parser is used: nothing is looked up by reflection.</summary>
internal static class YamlReader
{
    /// <summary>More values than this are not a pod template but one that repeats itself by references.</summary>
    private const int MaxNodes = 20_000;

    private static readonly System.Buffers.SearchValues<char> NumberParts = System.Buffers.SearchValues.Create("+-.0123456789eE");

    public static string? WhyNot(string text)
    {
        try
        {
            ReadObject(text);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="FormatException">It is no YAML, or not one object.</exception>
    public static JsonObject ReadObject(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new FormatException($"is no YAML (line {e.Start.Line}: {e.Message.TrimEnd('.')})", e);
        }
        var left = MaxNodes;
        return stream.Documents is [var document] && Convert(document.RootNode, ref left) is JsonObject result ? result : throw new FormatException("must be one object, such as spec: {nodeName: a}");
    }

    private static JsonNode? Convert(YamlNode node, ref int left)
    {
        if (--left < 0) throw new FormatException($"has more than {MaxNodes} values");
        switch (node)
        {
            case YamlMappingNode mapping:
                var result = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                    result[key is YamlScalarNode { Value: { } name } ? name : throw new FormatException($"has a key in line {key.Start.Line} that is no text")] = Convert(value, ref left);
                return result;
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Children) items.Add(Convert(item, ref left));
                return items;
            case YamlScalarNode scalar:
                return Scalar(scalar);
            default:
                throw new FormatException($"has a reference in line {node.Start.Line} to what is not there");
        }
    }

    /// <summary>The core schema of YAML 1.2: text in quotes is text, else what looks like a number or a truth value is one.</summary>
    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty && scalar.Tag == "tag:yaml.org,2002:str") return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when text.AsSpan().IndexOfAnyExcept(NumberParts) < 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
