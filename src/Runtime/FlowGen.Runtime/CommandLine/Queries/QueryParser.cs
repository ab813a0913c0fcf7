using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlowGen.CommandLine;

/// <summary>
/// Reads <c>best.auc > 0.8 and not (testShare &lt; 0.2 or run.user == 'ann')</c>:
/// <code>
/// either  = both { ("or" | "||") both }
/// both    = single { ("and" | "&amp;&amp;") single }
/// single  = ("not" | "!") single | "(" either ")" | value [ ("==" | "=" | "!=" | "&lt;" | "&lt;=" | ">" | ">=") value ]
/// value   = path | number | duration | 'text' | "text" | true | false | null
/// </code>
/// </summary>
internal sealed class QueryParser
{
    private const int MaxDepth = 100;
    private static readonly string[] s_operators = ["==", "!=", "<=", ">=", "<", ">", "="];

    private readonly string _option, _text;
    private int _at, _depth;

    private QueryParser(string option, string text) => (_option, _text) = (option, text);

    /// <exception cref="UsageException">FG1032: it cannot be understood; the message says where.</exception>
    public static QueryNode Parse(string option, string text)
    {
        var parser = new QueryParser(option, text);
        var node = parser.Either();
        return parser.IsAtEnd ? node : throw parser.Expected("and, or, or the end");
    }

    private bool IsAtEnd
    {
        get
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
            return _at == _text.Length;
        }
    }

    private QueryNode Either()
    {
        if (++_depth > MaxDepth) throw QueryError.Syntax(_option, JsonValues.Show(JsonValues.Of(_text)), "is nested too deeply");
        var left = Both();
        while (Takes("||") || TakesWord("or")) left = new QueryBoth(left, Both(), IsOr: true);
        _depth--;
        return left;
    }

    private QueryNode Both()
    {
        var left = Single();
        while (Takes("&&") || TakesWord("and")) left = new QueryBoth(left, Single(), IsOr: false);
        return left;
    }

    private QueryNode Single()
    {
        var negations = 0;
        while (TakesWord("not") || !_text.AsSpan(Start()).StartsWith("!=") && Takes("!")) negations++;
        var node = Positive();
        return negations % 2 == 0 ? node : new QueryNot(node);
    }

    private QueryNode Positive()
    {
        if (Takes("("))
        {
            var inner = Either();
            return Takes(")") ? inner : throw Expected("')'");
        }

        var left = Value();
        return s_operators.FirstOrDefault(Takes) is { } found ? new QueryComparison(left, found == "=" ? "==" : found, Value()) : left;
    }

    private QueryOperand Value()
    {
        if (IsAtEnd) throw Expected("a value");
        var c = _text[_at];
        if (c is '\'' or '"') return new QueryOperand(null, Quoted(c));
        if (char.IsAsciiDigit(c) || c is '-' or '+' or '.') return new QueryOperand(null, Number());
        if (TakesWord("true")) return new QueryOperand(null, JsonValues.Of(static json => json.WriteBooleanValue(true)));
        if (TakesWord("false")) return new QueryOperand(null, JsonValues.Of(static json => json.WriteBooleanValue(false)));
        if (TakesWord("null")) return new QueryOperand(null, JsonValues.Null);
        return QueryPath.TryRead(_text, ref _at) is { } path ? new QueryOperand(path, default) : throw Expected("a value");
    }

    // A quote is doubled to mean itself.
    private JsonElement Quoted(char quote)
    {
        var start = _at++;
        var text = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] != quote) text.Append(_text[_at]);
            else if (_at + 1 < _text.Length && _text[_at + 1] == quote) text.Append(_text[_at++]);
            else
            {
                _at++;
                return JsonValues.Of(text.ToString());
            }
        }

        throw QueryError.Syntax(_option, _text, $"has a text without an end, from character {start + 1} on");
    }

    private JsonElement Number()
    {
        var start = _at++;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or ':' || (_text[_at] is '-' or '+' && _text[_at - 1] is 'e' or 'E'))) _at++;
        var word = _text[start.._at];
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            if (_at >= _text.Length || _text[_at] != '-' || word.Length != 4) return JsonValues.Of(number);
            var end = _text.AsSpan(start).IndexOfAny(" )") is >= 0 and var length ? start + length : _text.Length;
            throw QueryError.Syntax(_option, _text, $"has '{word}' at character {start + 1}: put quotes around a date, '{_text[start..end]}'");
        }

        try
        {
            // Durations are texts everywhere.
            Duration.Parse(word);
            return JsonValues.Of(word);
        }
        catch (FormatException)
        {
            throw QueryError.Syntax(_option, _text, $"has '{word}' at character {start + 1}, which is neither a number nor a duration such as 90s");
        }
    }

    private int Start() => IsAtEnd ? _text.Length : _at;

    private bool Takes(string symbol)
    {
        if (IsAtEnd || string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) != 0) return false;
        _at += symbol.Length;
        return true;
    }

    private bool TakesWord(string word)
    {
        var end = Start() + word.Length;
        if (end > _text.Length || string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0) return false;
        if (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '.' or '[')) return false;
        _at = end;
        return true;
    }

    private UsageException Expected(string what) => IsAtEnd
        ? QueryError.Syntax(_option, _text, $"ends where {what} is expected")
        : QueryError.Syntax(_option, _text, $"has '{_text[_at]}' at character {_at + 1}, where {what} is expected");
}
