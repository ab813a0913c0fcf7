using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0633: a resource is not made by the graph: it is neither iterated nor gathered, and decides nothing.</summary>
internal static class MisusedResource
{
    /// <returns>False, since the input cannot be bound.</returns>
    public static bool Report(StepDeclaration step, InputDeclaration input, ResourceDeclaration resource, FlowContext context)
    {
        var name = BadValidation.ShortName(input.Binding!);
        context.Report(Descriptors.MisusedResource, input.Binding!.Place(), [resource.Place], $"input '{input.Parameter.Name}' of step '{step.Name}'", name, resource.Name, $"remove [{name}], or make it an artifact with [Step]");
        return false;
    }

    /// <summary>Reports a condition.</summary>
    public static void Report(StepDeclaration step, AttributeData condition, ResourceDeclaration resource, FlowContext context) =>
        context.Report(Descriptors.MisusedResource, condition.ArgumentPlace(0), [resource.Place], $"step '{step.Name}'", BadValidation.ShortName(condition), resource.Name, "return the decision from a step");
}
