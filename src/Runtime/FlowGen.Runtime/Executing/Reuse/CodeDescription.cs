using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FlowGen.Executing.Reuse;

/// <summary>What the code of each step is made of, as the generator describes it: lines <c>part kind value name</c>, <c>step name positions...</c> and <c>reads name parameters...</c>.</summary>
internal sealed class CodeDescription
{
    private readonly Dictionary<string, StepCode> _steps = new(StringComparer.Ordinal);

    private CodeDescription(string text)
    {
        var parts = new List<CodePart>();
        var reads = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("part ", StringComparison.Ordinal) && line.Split(' ', 4) is [_, var kind, var value, var name]) parts.Add(new CodePart(kind, value, name));
            else if (line.Split(' ') is ["step", var step, .. var positions]) _steps[step] = new StepCode([.. positions.Select(position => parts[int.Parse(position, CultureInfo.InvariantCulture)])], []);
            else if (line.Split(' ') is ["reads", var reader, .. var names]) reads[reader] = [.. names];
        }

        foreach (var (step, names) in reads)
            if (_steps.TryGetValue(step, out var code)) _steps[step] = code with { Reads = names };
    }

    /// <summary>Reads a description; <c>null</c> if there is none or it makes no sense, as that of another version may.</summary>
    public static CodeDescription? Parse(string? text)
    {
        if (text is null) return null;
        try
        {
            return new CodeDescription(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The code of a step; <c>null</c> if it is not described.</summary>
    public StepCode? Find(string step) => _steps.GetValueOrDefault(step);
}

/// <summary>A piece of code: a member, a type, a project, a package ...</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">A hash, or a version.</param>
/// <param name="Name">What people call it.</param>
internal sealed record CodePart(string Kind, string Value, string Name);

/// <summary>The code of one step.</summary>
/// <param name="Parts">Sorted.</param>
/// <param name="Reads">Names of the parameters that it reads other than as inputs.</param>
internal sealed record StepCode(ImmutableArray<CodePart> Parts, ImmutableArray<string> Reads)
{
    /// <summary>Equal exactly when the code is.</summary>
    public Hash256 Fingerprint { get; } = Hash256.Of(Encoding.UTF8.GetBytes(string.Concat(Parts.Select(part => $"{part.Kind} {part.Value} {part.Name}\n"))));
}
