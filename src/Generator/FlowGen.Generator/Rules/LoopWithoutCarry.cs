using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0416: each iteration starts from what the last one made, or it would do the same again.</summary>
internal static class LoopWithoutCarry
{
    public static bool Check(StepDeclaration step, AttributeData loop, IReadOnlyList<InputDeclaration> carries, FlowContext context)
    {
        var (found, edit) = (step.Artifacts.Count, carries.Count) switch
        {
            (0, _) => ("makes nothing to carry on", "return the value that the next iteration starts from"),
            (_, 0) => ("no input carries its result on", "add [Carry(...)] to the input that starts with a value and goes on with the step's own"),
            (_, > 1) => ($"inputs {string.Join(" and ", carries.Select(carry => $"'{carry.Parameter.Name}'"))} both carry on", "carry one value, such as a record of all"),
            _ => ("", ""),
        };
        if (found.Length == 0) return true;
        context.Report(Descriptors.LoopWithoutCarry, carries.Count > 1 ? carries[1].Binding!.Place() : loop.Place(), step.Name, found, edit);
        return false;
    }
}
