using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0410: one is taken of several artifacts that can each be missing.</summary>
internal static class BadAlternatives
{
    public static bool CheckNames(StepDeclaration step, InputDeclaration input, IReadOnlyList<string?> names, FlowContext context)
    {
        if (names.Contains(null)) return Report(step, input, names.ToList().IndexOf(null), "null", "name an artifact", context);
        return names.Count switch
        {
            0 => Report(step, input, -1, "no alternative", "name two or more artifacts", context),
            1 => Report(step, input, -1, "a single alternative", "name a second one, or write [From(...)]", context),
            _ => true,
        };
    }

    public static bool Check(StepDeclaration step, InputDeclaration input, FlowContext context)
    {
        for (var i = 0; i < input.Alternatives.Count; i++)
        {
            var alternative = input.Alternatives[i];
            if (alternative.Producer is null) return Report(step, input, i, $"{alternative.Description}, which is always there", "take it as an input of its own", context);
            if (input.Alternatives.IndexOf(alternative) < i) return Report(step, input, i, $"{alternative.Description} twice", "remove it once, or name another artifact", context);
        }
        return true;
    }

    private static bool Report(StepDeclaration step, InputDeclaration input, int position, string found, string edit, FlowContext context)
    {
        context.Report(Descriptors.BadAlternatives, position < 0 ? input.Binding!.Place() : input.Binding!.ArgumentPlace(position), input.Parameter.Name, step.Name, found, edit);
        return false;
    }
}
