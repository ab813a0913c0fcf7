using System.Globalization;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0313: a share is between 0 and 1, and only those who leave failures out need one.</summary>
internal static class BadMinSuccess
{
    public static double Check(StepDeclaration step, InputDeclaration input, AttributeData binding, FlowContext context)
    {
        if (binding.Named("MinSuccess") is not double share) return 1;
        var (found, edit) = share switch
        {
            > 1 and <= 100 => ("expected a share from 0 to 1", $"write {Text(share / 100)} for {Text(share)} %"),
            >= 0 and <= 1 when input.Shape.Wrap == WrapKind.Outcome => ("but takes every outcome, also of tasks that failed", "remove MinSuccess, or take the values themselves"),
            >= 0 and <= 1 => ("", ""),
            _ => ("expected a share from 0 to 1", "write 1 if all tasks must succeed, or 0 if none has to"),
        };
        if (found.Length == 0) return share;
        var repairs = share is > 1 and <= 100 ? Repair.Of(Repair.Text, Text(share / 100)) : Repair.None;
        context.Report(Descriptors.BadMinSuccess, binding.ArgumentPlace(0, "MinSuccess"), [], repairs, input.Parameter.Name, step.Name, Text(share), found, edit);
        return 1;
    }

    private static string Text(double share) => share.ToString(CultureInfo.InvariantCulture);
}
