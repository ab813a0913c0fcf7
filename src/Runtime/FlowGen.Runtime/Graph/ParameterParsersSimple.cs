using System.Text.Json;

namespace FlowGen.CompilerServices;

internal sealed class ParameterParserOfString : ParameterParser<string>
{
    internal override string Expected => "text";
    internal override string Example => "\"text\"";
    public override string Parse(string text) => text;
}

internal sealed class ParameterParserOfFile : ParameterParser<InputFile>
{
    internal override string Expected => "the path of a file";
    internal override string Example => "\"data.csv\"";

    public override InputFile Parse(string text) =>
        text.Length > 0 ? new InputFile(text) : throw new FormatException("is not the path of a file");
}

internal sealed class ParameterParserOfUri : ParameterParser<Uri>
{
    internal override string Expected => "an address such as https://example.org/data";
    internal override string Example => "\"https://example.org/data\"";

    public override Uri Parse(string text) =>
        text.Length > 0 && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : throw new FormatException("is not an address such as https://example.org/data");
}

internal sealed class ParameterParserOfBoolean : ParameterParser<bool>
{
    public override IReadOnlyList<string> Choices { get; } = ["true", "false"];
    internal override string Expected => "true or false";
    internal override string Example => "true";
    internal override JsonTokens Tokens => JsonTokens.Boolean;

    public override bool Parse(string text) =>
        bool.TryParse(text, out var value) ? value : throw new FormatException("is not true or false");
}

internal sealed class ParameterParserOfEnum<T> : ParameterParser<T> where T : struct, Enum
{
    private readonly string[] _names = Enum.GetNames<T>();
    private readonly T[] _values = Enum.GetValues<T>();

    public override IReadOnlyList<string> Choices => _names;
    internal override string Expected => "one of " + string.Join(", ", _names);
    internal override string Example => $"\"{_names.FirstOrDefault()}\"";

    public override T Parse(string text)
    {
        // Two members may differ in case alone, so the exact spelling wins. Enum.TryParse would take numbers and combinations.
        var position = Array.IndexOf(_names, text);
        if (position < 0) position = Array.FindIndex(_names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (position >= 0) return _values[position];
        var hint = NearMiss.Of(text, _names) is { } near ? $"; did you mean {near}?" : "";
        throw new FormatException($"is not {Expected}{hint}");
    }
}

internal sealed class ParameterParserOfNullable<T>(ParameterParser<T> inner) : ParameterParser<T?> where T : struct
{
    public override bool IsCollection => inner.IsCollection;
    public override IReadOnlyList<string> Choices => inner.Choices;
    internal override string Expected => inner.Expected;
    internal override string Example => inner.Example;
    internal override bool IsJson => inner.IsJson;
    public override T? Parse(string text) => inner.Parse(text);
    public override T? Parse(IReadOnlyList<string> texts) => inner.Parse(texts);
    internal override T? Read(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : inner.Read(ref json);
}

internal sealed class ParameterParserOfOptional<T>(ParameterParser<T> inner) : ParameterParser<T?> where T : class
{
    public override bool IsCollection => inner.IsCollection;
    public override IReadOnlyList<string> Choices => inner.Choices;
    internal override string Expected => inner.Expected;
    internal override string Example => inner.Example;
    internal override bool IsJson => inner.IsJson;
    internal override bool IsSecret => inner.IsSecret;
    public override T? Parse(string text) => inner.Parse(text);
    public override T? Parse(IReadOnlyList<string> texts) => inner.Parse(texts);
    internal override T? Read(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : inner.Read(ref json);
}
