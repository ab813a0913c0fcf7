using System.Text.Json;

namespace FlowGen.CompilerServices;

/// <summary>An array: each text is an item, or one text is the whole list as JSON.</summary>
internal sealed class ParameterParserOfArray<T>(ParameterParser<T> inner) : ParameterParser<T[]>
{
    public override bool IsCollection => true;

    public override IReadOnlyList<string> Choices => inner.Choices;

    internal override string Expected => "a list";

    internal override string Example => $"[{inner.Example}]";

    internal override bool IsJson => inner.IsJson;

    public override T[] Parse(string text) => ParameterParserOfArray.IsJsonList([text]) ? JsonInput.Parse(text, Read) : [inner.Parse(text)];

    public override T[] Parse(IReadOnlyList<string> texts) => ParameterParserOfArray.IsJsonList(texts) ? Parse(texts[0]) : [.. texts.Select(inner.Parse)];

    internal override T[] Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw JsonInput.Unexpected(json, Expected);
        var items = new List<T>();
        try
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(inner.Read(ref json));
        }
        catch (JsonInputException e) when (e.AtIndex(items.Count))
        {
            throw;
        }

        return [.. items];
    }
}

/// <summary>What all arrays share.</summary>
internal static class ParameterParserOfArray
{
    /// <summary>Whether what was given is a list as JSON. An item that begins with a bracket is written in such a list.</summary>
    public static bool IsJsonList(IReadOnlyList<string> texts) => texts is [var only] && only.AsSpan().TrimStart().StartsWith('[');
}
