using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>
/// A thing of a run as people name it: <c>best</c> of the latest run, <c>x3k9q2mf/best</c>, <c>churn/7zzd0q2k0-x3k9q2mf/fit[3]</c>, <c>@champion/best</c>, <c>latest/prepare[2]/clean</c>. What comes first is a
/// run if it can be one, else a sub-flow of the latest run.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Thing">What follows its name: an artifact or a task.</param>
internal readonly record struct ThingName(string Run, string Thing)
{
    private const int ShortLength = 8;

    public static ThingName Parse(string text)
    {
        // The tag of a run may hold slashes; artifacts and tasks of sub-flows are not named by it.
        if (text.StartsWith('@') || text.Contains("/@", StringComparison.Ordinal)) return text.LastIndexOf('/') is > 0 and var last && last + 1 < text.Length && text[last + 1] != '@' ? new ThingName(text[..last], text[(last + 1)..]) : new ThingName("latest", text);
        var words = text.Split('/');
        if (words.Length > 2 && RunKey.Parse($"{words[0]}/{words[1]}") is not null) return At(words, 2);
        return words.Length > 1 && IsRun(words[0]) ? At(words, 1) : new ThingName("latest", text);
    }

    private static ThingName At(string[] words, int count) => new(string.Join('/', words[..count]), string.Join('/', words[count..]));

    // A beginning of an id counts if it has a digit: words of people's own mostly have none.
    private static bool IsRun(string word) => word is "latest" or "latest-failed" || RunKey.IsId(word)
        || (word.All(c => char.IsAsciiDigit(c) || (char.IsAsciiLetter(c) && char.ToLowerInvariant(c) is not ('i' or 'l' or 'o' or 'u'))) && (word.Length == ShortLength || (word.Length < ShortLength && word.Any(char.IsAsciiDigit))));
}
