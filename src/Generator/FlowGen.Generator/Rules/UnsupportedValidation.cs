using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0707: nothing would enforce the attribute.</summary>
internal static class UnsupportedValidation
{
    public static void Report(CheckTarget target, AttributeData attribute, FlowContext context)
    {
        var name = BadValidation.ShortName(attribute);
        var extra = name == "Required" ? ", or mark the property 'required'" : "";
        context.Report(Descriptors.UnsupportedValidation, attribute.Place(), target.Name, name, extra);
    }
}
