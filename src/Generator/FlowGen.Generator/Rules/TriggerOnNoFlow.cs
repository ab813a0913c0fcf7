using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0625: a flow waits for another flow.</summary>
internal static class TriggerOnNoFlow
{
    /// <returns>The name of the other flow.</returns>
    public static string? Check(AttributeData trigger, FlowContext context)
    {
        if (trigger.Argument(0) is not ITypeSymbol type || type.TypeKind == TypeKind.Error) return null;
        var found = type.Is(context.Type) ? "the flow itself, which would never stop" : type.Attribute(context.Known.Flow) is null ? "no flow" : null;
        if (found is null) return type.Attribute(context.Known.Flow)!.Text(0) ?? Names.OfFlow(type.Name);
        context.Report(Descriptors.TriggerOnNoFlow, trigger.ArgumentPlace(0), context.Type.Name, type.Shown(), found);
        return null;
    }
}
