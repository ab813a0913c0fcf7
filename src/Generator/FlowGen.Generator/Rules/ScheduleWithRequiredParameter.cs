using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0623: at three in the morning nobody answers.</summary>
internal static class ScheduleWithRequiredParameter
{
    public static void Check(AttributeData schedule, FlowContext context)
    {
        foreach (var parameter in context.Parameters.Where(parameter => parameter is { Property.IsRequired: true, IsFromRun: false }))
            context.Report(Descriptors.ScheduleWithRequiredParameter, schedule.Place(), [parameter.Place], context.Type.Name, parameter.Name,
                "FLOWGEN_PARAM_" + Names.Kebab(parameter.Name).Replace('-', '_').ToUpperInvariant());
    }
}
