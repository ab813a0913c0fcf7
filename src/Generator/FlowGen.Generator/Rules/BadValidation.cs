using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0706: a validation attribute that can never be right for the parameter's type.</summary>
internal static class BadValidation
{
    public static void Report(CheckTarget target, AttributeData attribute, string found, string edit, FlowContext context) =>
        context.Report(Descriptors.BadValidation, attribute.Place(), target.Name, ShortName(attribute), found, edit);

    public static string ShortName(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");
}
