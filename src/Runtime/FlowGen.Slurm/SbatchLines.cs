using System.Collections.Immutable;
using System.Text;

namespace FlowGen.Slurm;

/// <summary>
/// What people add to each job: <c>#SBATCH</c> lines and commands. The options come after FlowGen's own on the command line of <c>sbatch</c>, where the last one wins, so what a person writes holds.
/// </summary>
/// <param name="Options">Words for the command line of <c>sbatch</c>.</param>
/// <param name="Commands">Lines for the script, before the program.</param>
internal sealed record SbatchLines(ImmutableArray<string> Options, ImmutableArray<string> Commands)
{
    private const string Mark = "#SBATCH";

    /// <summary>By these jobs are found again, so they are not for people.</summary>
    private static readonly string[] Reserved =
        ["-a", "--array", "-J", "--job-name", "--comment", "-o", "--output", "-e", "--error", "--open-mode", "--export", "--export-file", "--parsable", "--requeue", "--no-requeue", "-W", "--wait", "--wrap", "-M", "--clusters", "--test-only"];

    public static string? WhyNot(string text)
    {
        try
        {
            var reserved = Parse(text).Options.FirstOrDefault(static word => Reserved.Contains(word.Split('=')[0]) || word.Length > 2 && word[0] == '-' && word[1] != '-' && Reserved.Contains(word[..2]));
            return reserved is null ? null : $"must not have the option {reserved.Split('=')[0]}, which FlowGen sets itself";
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="FormatException">A quote has no end.</exception>
    public static SbatchLines Parse(string text)
    {
        var options = ImmutableArray.CreateBuilder<string>();
        var commands = ImmutableArray.CreateBuilder<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal) && (line.Length == Mark.Length || char.IsWhiteSpace(line[Mark.Length]))) Split(line[Mark.Length..], options);
            else if (!line.StartsWith("#!", StringComparison.Ordinal) && line.Length > 0) commands.Add(line);
        }
        return new SbatchLines(options.ToImmutable(), commands.ToImmutable());
    }

    /// <summary>Words as <c>sbatch</c> splits such a line: at blanks outside quotes, up to a comment.</summary>
    private static void Split(string line, ImmutableArray<string>.Builder words)
    {
        var word = new StringBuilder();
        var (quote, begun) = ('\0', false);
        foreach (var c in line)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word.Append(c);
            }
            else if (c is '"' or '\'') (quote, begun) = (c, true);
            else if (char.IsWhiteSpace(c)) End();
            else if (c == '#' && !begun) return;
            else
            {
                word.Append(c);
                begun = true;
            }
        }
        if (quote != '\0') throw new FormatException($"has a quote without an end in the line '{Mark}{line}'");
        End();

        void End()
        {
            if (begun) words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
    }
}
