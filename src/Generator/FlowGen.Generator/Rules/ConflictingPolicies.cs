using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0617: policies that cannot both be obeyed.</summary>
internal static class ConflictingPolicies
{
    public static void Check(StepDeclaration step, FlowContext context)
    {
        var (method, known) = (step.Attributed, context.Known);
        if (method.Attribute(known.Inline) is not { } inline) return;
        var other = method.Attribute(known.Isolated) is not null ? ("Isolated", "gives it a process of its own")
            : method.Attribute(known.Environment) is not null ? ("Environment", "gives it a process of its own")
            : method.Attribute(known.Resources)?.Named("Gpu") is int and > 0 ? ("Resources", "asks for a graphics processor that the driver need not have")
            : method.Attribute(known.Gang) is not null ? ("Gang", "runs it on several machines")
            : default;
        if (other.Item1 is not null) context.Report(Descriptors.ConflictingPolicies, inline.Place(), step.Name, "Inline", "keeps it in the driver's process", other.Item1, other.Item2);
    }
}
