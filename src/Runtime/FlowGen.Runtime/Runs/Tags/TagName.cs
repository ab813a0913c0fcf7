using System.Security.Cryptography;
using System.Text;
using FlowGen.CommandLine;

namespace FlowGen.Runs;

/// <summary>What can be a tag: 1 to 100 printable characters. Those that FlowGen makes say what is known and not a matter of opinion, so nobody gives or takes them.</summary>
internal static class TagName
{
    public const string User = "user:", Project = "project:", Branch = "branch:", Engine = "engine:", Schedule = "schedule:";

    private const int MaxLength = 100;
    private static readonly string[] s_system = [User, Project, Branch, Engine, Schedule];

    /// <summary>Whether FlowGen makes it.</summary>
    public static bool IsSystem(string tag) => SystemPrefix(tag) is not null;

    /// <summary>What is wrong with a tag that somebody gives, as the end of a sentence that starts with it; <c>null</c> if it can be given.</summary>
    public static string? WhyNot(string tag) =>
        SystemPrefix(tag) is { } prefix ? $"cannot be given or taken, as tags that start with '{prefix}' are made by FlowGen; leave it out, or choose another word"
        : tag.Length is 0 or > MaxLength || Printable.Line(tag) != tag || tag.Trim() != tag ? $"is not a tag; a tag has 1 to {MaxLength} printable characters and no spaces at its ends"
        : tag[0] == '@' ? "is not a tag: '@' before a tag means the run that carries it; leave it out"
        : null;

    /// <exception cref="FlowException">FG1030: it cannot be given.</exception>
    public static string Check(string tag) => WhyNot(tag) is { } why ? throw new FlowException("FG1030", $"'{tag}' {why}.", ExitCodes.Usage) : tag;

    /// <summary>The tag in keys: people may write anything, keys may not hold it (M1).</summary>
    public static string Segment(string tag) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tag)));

    private static string? SystemPrefix(string tag) => s_system.FirstOrDefault(prefix => tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
