using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Rules;

/// <summary>FG0711: the time of a schedule is a time or a day, and nothing else stands for it.</summary>
internal static class BadFromSchedule
{
    public static void Check(ParameterDeclaration parameter, FlowContext context)
    {
        if (parameter.Property.Attribute(context.Known.FromSchedule) is not { } attribute) return;
        var initializer = parameter.Property.Syntax<PropertyDeclarationSyntax>()?.Initializer;
        var (found, edit, place) = parameter.Property.Type.ToDisplayString() is not ("System.DateTimeOffset" or "System.DateOnly")
                ? ($"but is '{parameter.Property.Type.Shown()}'", "write 'DateTimeOffset' or 'DateOnly'", parameter.Property.TypePlace())
            : initializer is not null ? ("and a default that would never be used", $"remove '{initializer}'", initializer.GetLocation())
            : parameter.Property.IsRequired ? ("and is required, but always has a value", "remove 'required'", parameter.Property.Place())
            : default;
        if (found is null) parameter.IsFromSchedule = true;
        else context.Report(Descriptors.BadFromSchedule, place ?? attribute.Place(), parameter.Name, found, edit);
    }
}
