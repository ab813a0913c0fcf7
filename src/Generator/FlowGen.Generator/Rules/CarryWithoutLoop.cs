using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0417: a step that runs once has no last iteration.</summary>
internal static class CarryWithoutLoop
{
    public static void Report(StepDeclaration step, InputDeclaration input, FlowContext context) =>
        context.Report(Descriptors.CarryWithoutLoop, input.Binding!.Place(), [], input.Source is { } source ? Repair.Of(Repair.Binding, $"From({source.Reference})") : Repair.None, input.Parameter.Name, step.Name);
}
