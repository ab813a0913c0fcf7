using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0104: without annotations nobody can tell whether an artifact may be null.</summary>
internal static class NullableDisabled
{
    public static void Check(FlowContext context)
    {
        foreach (var place in context.Type.Locations)
        {
            if (place.SourceTree is not { } tree) continue;
            if (context.Compilation.GetSemanticModel(tree).GetNullableContext(place.SourceSpan.Start).AnnotationsEnabled()) continue;
            context.Report(Descriptors.NullableDisabled, place, context.Type.Name);
            return;
        }
    }
}
