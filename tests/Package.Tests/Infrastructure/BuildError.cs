using System.Globalization;
using System.Text.RegularExpressions;

namespace Package.Tests.Infrastructure;

/// <summary>One error in the output of a build.</summary>
internal sealed partial record BuildError(string File, int Line, string Code, string Text)
{
    /// <summary>All errors, each once, in the order of their places.</summary>
    public static IReadOnlyList<BuildError> In(string output) =>
    [
        .. Pattern().Matches(output)
            .Select(m => new BuildError(Path.GetFileName(m.Groups["file"].Value), m.Groups["line"].Success ? int.Parse(m.Groups["line"].Value, CultureInfo.InvariantCulture) : 0, m.Groups["code"].Value, m.Groups["text"].Value))
            .Distinct()
            .OrderBy(e => (e.File, e.Line, e.Code)),
    ];

    [GeneratedRegex(@"^\s*(?<file>[^\s(:][^(:]*?)(\((?<line>\d+),\d+\))?\s*: error (?<code>[A-Z]+\d+): (?<text>.*?)( \[[^\]]*\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
