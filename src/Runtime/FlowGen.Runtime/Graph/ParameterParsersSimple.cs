namespace FlowGen.CompilerServices;

internal sealed class ParameterParserOfString : ParameterParser<string>
{
    public override string Parse(string text) => text;
}

internal sealed class ParameterParserOfFile : ParameterParser<InputFile>
{
    public override InputFile Parse(string text) =>
        text.Length > 0 ? new InputFile(text) : throw new FormatException("is not the path of a file");
}

internal sealed class ParameterParserOfUri : ParameterParser<Uri>
{
    public override Uri Parse(string text) =>
        text.Length > 0 && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : throw new FormatException("is not an address such as https://example.org/data");
}

internal sealed class ParameterParserOfBoolean : ParameterParser<bool>
{
    public override IReadOnlyList<string> Choices { get; } = ["true", "false"];

    public override bool Parse(string text) =>
        bool.TryParse(text, out var value) ? value : throw new FormatException("is not true or false");
}

internal sealed class ParameterParserOfEnum<T> : ParameterParser<T> where T : struct, Enum
{
    private readonly string[] _names = Enum.GetNames<T>();
    private readonly T[] _values = Enum.GetValues<T>();

    public override IReadOnlyList<string> Choices => _names;

    public override T Parse(string text)
    {
        // Two members may differ in case alone, so the exact spelling wins. Enum.TryParse would take numbers and combinations.
        var position = Array.IndexOf(_names, text);
        if (position < 0) position = Array.FindIndex(_names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (position >= 0) return _values[position];
        var hint = NearMiss.Of(text, _names) is { } near ? $"; did you mean {near}?" : "";
        throw new FormatException($"is not one of {string.Join(", ", _names)}{hint}");
    }
}

internal sealed class ParameterParserOfNullable<T>(ParameterParser<T> inner) : ParameterParser<T?> where T : struct
{
    public override bool IsCollection => inner.IsCollection;
    public override IReadOnlyList<string> Choices => inner.Choices;
    public override T? Parse(string text) => inner.Parse(text);
    public override T? Parse(IReadOnlyList<string> texts) => inner.Parse(texts);
}

internal sealed class ParameterParserOfOptional<T>(ParameterParser<T> inner) : ParameterParser<T?> where T : class
{
    public override bool IsCollection => inner.IsCollection;
    public override IReadOnlyList<string> Choices => inner.Choices;
    public override T? Parse(string text) => inner.Parse(text);
    public override T? Parse(IReadOnlyList<string> texts) => inner.Parse(texts);
}

internal sealed class ParameterParserOfArray<T>(ParameterParser<T> inner) : ParameterParser<T[]>
{
    public override bool IsCollection => true;
    public override IReadOnlyList<string> Choices => inner.Choices;
    public override T[] Parse(string text) => [inner.Parse(text)];
    public override T[] Parse(IReadOnlyList<string> texts) => [.. texts.Select(inner.Parse)];
}
