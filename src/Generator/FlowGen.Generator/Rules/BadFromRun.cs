using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0710: a parameter that comes from another run names a flow and one artifact of it, of its own type.</summary>
internal static class BadFromRun
{
    /// <returns>Always <c>null</c>.</returns>
    public static Model.FromRunModel? Report(ParameterDeclaration parameter, Location place, string found, string edit, FlowContext context)
    {
        context.Report(Descriptors.BadFromRun, place, parameter.Name, found, edit);
        return null;
    }
}
