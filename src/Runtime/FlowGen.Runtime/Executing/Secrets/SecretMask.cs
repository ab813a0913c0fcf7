using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FlowGen.Executing.Secrets;

/// <summary>Hides the values of secrets in what the runtime writes: as they are, and as JSON, addresses and base64 write them.</summary>
/// <remarks>Lines of a value that has several are hidden one by one too, if they are long enough to be told from ordinary text.</remarks>
internal sealed class SecretMask
{
    public const string Stars = "***";

    private const int ShortestLine = 4;

    private readonly string[] _hidden;
    private readonly SearchValues<string> _search;

    private SecretMask(string[] hidden) => (_hidden, _search) = (hidden, SearchValues.Create(hidden, StringComparison.Ordinal));

    /// <summary>Hides nothing.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>Hides the secrets among some values.</summary>
    public static SecretMask Of(IEnumerable<object?> values) => None.With(values);

    /// <summary>Hides those as well.</summary>
    public SecretMask With(IEnumerable<object?> values)
    {
        string[] hidden = [.. values.OfType<ISecret>().SelectMany(secret => secret.Texts).SelectMany(Forms).Where(text => text.Length > 0).Concat(_hidden).Distinct().OrderByDescending(text => text.Length)];
        return hidden.Length == _hidden.Length ? this : new SecretMask(hidden);
    }

    /// <summary>The text with three stars for each secret in it.</summary>
    public string Hide(string text)
    {
        if (_hidden.Length == 0) return text;
        var at = text.AsSpan().IndexOfAny(_search);
        if (at < 0) return text;

        var result = new StringBuilder(text.Length);
        var shown = 0;
        while (at >= 0)
        {
            // What overlaps is hidden as one, or the rest of the second would stay.
            var end = at;
            for (var i = at; i <= end && i < text.Length; i++)
                end = Math.Max(end, i + LongestAt(text, i));
            result.Append(text, shown, at - shown).Append(Stars);
            shown = end;
            at = text.AsSpan(shown).IndexOfAny(_search) is >= 0 and var next ? shown + next : -1;
        }

        return result.Append(text, shown, text.Length - shown).ToString();
    }

    private int LongestAt(string text, int position)
    {
        foreach (var hidden in _hidden)
        {
            if (text.AsSpan(position).StartsWith(hidden, StringComparison.Ordinal)) return hidden.Length;
        }

        return 0;
    }

    private static IEnumerable<string> Forms(string value)
    {
        foreach (var line in value.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length >= ShortestLine).Append(value))
        {
            yield return line;
            if (line.Length < ShortestLine) continue;
            yield return JsonEncodedText.Encode(line, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            yield return JsonEncodedText.Encode(line).ToString();
            yield return Uri.EscapeDataString(line);
            // Without what padding and the bytes behind it change.
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(line)).TrimEnd('=');
        }
    }
}
