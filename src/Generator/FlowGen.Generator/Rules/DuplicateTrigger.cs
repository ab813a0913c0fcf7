using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0627: once is enough.</summary>
internal static class DuplicateTrigger
{
    public static void Report(AttributeData trigger, string kind, string name, FlowContext context) =>
        context.Report(Descriptors.DuplicateTrigger, trigger.Place(), context.Type.Name, kind, name);
}
