using System.Globalization;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A task as people name it: <c>fit</c>, <c>score[3,1]</c>, <c>improve[3]#0</c>; without characters that a shell would take, <c>score.3.1</c> and <c>improve.3#0</c>.</summary>
/// <param name="Step">Name of the step.</param>
/// <param name="Index">As far as it is given.</param>
/// <param name="Iteration">-1 if it is not given.</param>
internal readonly record struct TaskName(string Step, TaskIndex Index, int Iteration)
{
    /// <summary>The name, or <c>null</c> if the text is none.</summary>
    public static TaskName? Parse(string text)
    {
        var iteration = -1;
        if (text.LastIndexOf('#') is >= 0 and var mark)
        {
            if (Number(text.AsSpan(mark + 1)) is not { } known) return null;
            (iteration, text) = (known, text[..mark]);
        }

        var isBracketed = text.EndsWith(']');
        var at = text.IndexOf(isBracketed ? '[' : '.', StringComparison.Ordinal);
        if (at < 0) return isBracketed || text.Length == 0 ? null : new TaskName(text, default, iteration);
        var numbers = (isBracketed ? text[(at + 1)..^1] : text[(at + 1)..]).Split(isBracketed ? ',' : '.');
        var index = new int[numbers.Length];
        for (var i = 0; i < index.Length; i++)
        {
            if (Number(numbers[i].AsSpan().Trim()) is not { } number) return null;
            index[i] = number;
        }

        return at == 0 ? null : new TaskName(text[..at], TaskIndex.Of(index), iteration);
    }

    /// <summary>The name of a task that a shell takes as it is.</summary>
    public static string ForShell(string name) => name.Replace('[', '.').Replace(',', '.').Replace("]", "", StringComparison.Ordinal);

    private static int? Number(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
