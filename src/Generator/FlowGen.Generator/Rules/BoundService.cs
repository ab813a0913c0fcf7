using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0209: services come from the runtime.</summary>
internal static class BoundService
{
    public static void Report(StepDeclaration step, IParameterSymbol parameter, AttributeData binding, FlowContext context) =>
        context.Report(Descriptors.BoundService, binding.Place(), parameter.Name, step.Name, parameter.Type.Name, BadValidation.ShortName(binding));
}
