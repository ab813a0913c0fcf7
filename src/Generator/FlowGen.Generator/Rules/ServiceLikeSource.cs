using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0216: a service with the name and the type of an artifact or a parameter was probably meant to be that.</summary>
internal static class ServiceLikeSource
{
    public static bool Check(string owner, IParameterSymbol parameter, SourceTable sources, FlowContext context)
    {
        if (sources.Source(parameter.Name) is not { } source || Conversions.Check(context.Compilation, source.Type, parameter.Type) == Fit.WrongType) return true;
        context.Report(Descriptors.ServiceLikeSource, parameter.Place(), [source.Place], parameter.Name, owner, source.Description);
        return false;
    }
}
