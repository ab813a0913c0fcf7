using System.Globalization;
using System.Text;

namespace FlowGen.Argo.Manifests;

/// <summary>
/// Names of templates. They become parts of names of pods, so they are lower-case letters, digits and hyphens; no two are the same, and those of the workflow itself come first.
/// </summary>
internal sealed class TemplateNames
{
    /// <summary>Templates that every workflow has.</summary>
    public const string Flow = "flow", Begin = "begin", Plan = "plan", Pause = "pause", Finish = "finish", Close = "close";

    private const int Longest = 60;

    private readonly HashSet<string> _taken = [Flow, Begin, Plan, Pause, Finish, Close, "again"];

    /// <summary>A new name that looks like a text: <c>isPublic</c> is <c>is-public</c>.</summary>
    public string Add(string text)
    {
        var wanted = Kebab(text);
        var name = wanted;
        for (var n = 2; !_taken.Add(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        return name;
    }

    private static string Kebab(string text)
    {
        var name = new StringBuilder();
        for (var i = 0; i < text.Length && name.Length < Longest; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterUpper(c) && name.Length > 0 && name[^1] != '-' && (!char.IsAsciiLetterUpper(text[i - 1]) || i + 1 < text.Length && char.IsAsciiLetterLower(text[i + 1]))) name.Append('-');
            if (char.IsAsciiLetterOrDigit(c)) name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }

        var result = name.ToString().Trim('-');
        return result.Length == 0 ? "step" : result;
    }
}
