using System.Text.Json;

namespace Argo.Tests;

/// <summary>Checks a manifest against the JSON schema that Argo publishes, by the keywords which that uses; fields that the schema does not know are mistakes, though it would let them pass.</summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    private readonly JsonElement _definitions = schema.GetProperty("definitions");

    public IReadOnlyList<string> Check(JsonElement manifest)
    {
        var mistakes = new List<string>();
        Check(manifest, _definitions.GetProperty("io.argoproj.workflow.v1alpha1." + manifest.GetProperty("kind").GetString()), manifest.GetProperty("kind").GetString()!, mistakes);
        return mistakes;
    }

    private void Check(JsonElement value, JsonElement rule, string place, List<string> mistakes)
    {
        if (rule.TryGetProperty("$ref", out var reference)) rule = _definitions.GetProperty(reference.GetString()!["#/definitions/".Length..]);
        if (rule.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value)) mistakes.Add($"{place} must be {only}");
        if (rule.TryGetProperty("enum", out var known) && !known.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))) mistakes.Add($"{place} is none of {known}");
        if (rule.TryGetProperty("type", out var type) && !Is(value, type.GetString()!))
        {
            mistakes.Add($"{place} is {value.ValueKind}, not {type}");
            return;
        }

        if (value.ValueKind == JsonValueKind.Array && rule.TryGetProperty("items", out var items))
            foreach (var (index, item) in value.EnumerateArray().Index()) Check(item, items, $"{place}[{index}]", mistakes);
        if (value.ValueKind != JsonValueKind.Object) return;
        if (rule.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) mistakes.Add($"{place}.{name} is missing");
        var isOpen = rule.TryGetProperty("additionalProperties", out var others);
        foreach (var field in value.EnumerateObject())
        {
            if (rule.TryGetProperty("properties", out var fields) && fields.TryGetProperty(field.Name, out var inner)) Check(field.Value, inner, $"{place}.{field.Name}", mistakes);
            else if (isOpen && others.ValueKind == JsonValueKind.Object) Check(field.Value, others, $"{place}.{field.Name}", mistakes);
            else if (rule.TryGetProperty("properties", out _)) mistakes.Add($"{place}.{field.Name} is not known");
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };
}
