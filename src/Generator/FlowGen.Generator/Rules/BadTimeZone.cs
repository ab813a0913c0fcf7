using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0621: a time zone that every machine knows.</summary>
internal static class BadTimeZone
{
    public static bool Check(AttributeData schedule, string zone, FlowContext context)
    {
        if (TimeZones.Contains(zone)) return true;
        var edit = Spelling.Close(zone, TimeZones.All).FirstOrDefault() is { } near ? $"did you mean '{near}'?"
            : TimeZones.All.FirstOrDefault(name => name.EndsWith("/" + zone.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase)) is { } city ? $"did you mean '{city}'?"
            : "write it like \"Europe/Berlin\" or \"UTC\"";
        context.Report(Descriptors.BadTimeZone, schedule.ArgumentPlace(0, "TimeZone"), context.Type.Name, zone, edit);
        return false;
    }
}
