using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0701: a parameter comes as text.</summary>
internal static class UnsupportedParameterType
{
    public static void Report(ParameterDeclaration parameter, FlowContext context)
    {
        var type = parameter.Property.Type;
        var edit = type switch
        {
            { SpecialType: SpecialType.System_DateTime } => "use DateTimeOffset, which has a time zone, or DateOnly",
            { SpecialType: SpecialType.System_Char } => "use string",
            INamedTypeSymbol { TypeArguments: [var item] } when ParserExpressions.Of(item, context.Known) is not null => $"use {item.Shown()}[]",
            { Name: "FileInfo" or "Stream" or "FileStream" } => "use InputFile",
            _ => "take the file that holds it as an InputFile and read it in a step",
        };
        context.Report(Descriptors.UnsupportedParameterType, parameter.Property.TypePlace(), parameter.Name, type.Shown(), edit);
    }
}
