using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0113: nobody can wait for an <c>async void</c> method.</summary>
internal static class AsyncVoidStep
{
    public static bool Check(StepDeclaration step, FlowContext context)
    {
        if (step.Method is not { IsAsync: true, ReturnsVoid: true }) return true;
        context.Report(Descriptors.AsyncVoidStep, step.Method.ReturnTypePlace(), [], Repair.Of(Repair.Type, "global::System.Threading.Tasks.Task"), step.Name);
        return false;
    }
}
