using Cronos;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0620 and FG0622: a cron expression that can be understood and has an occurrence.</summary>
internal static class BadSchedule
{
    /// <summary>Where the search for an occurrence begins: what compiles must not depend on the day.</summary>
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static bool Check(AttributeData schedule, string cron, FlowContext context)
    {
        try
        {
            if (CronExpression.Parse(cron).GetNextOccurrence(Start) is not null) return true;
            context.Report(Descriptors.ScheduleNeverOccurs, schedule.ArgumentPlace(0), context.Type.Name, cron);
        }
        catch (CronFormatException e)
        {
            context.Report(Descriptors.BadSchedule, schedule.ArgumentPlace(0), context.Type.Name, cron, Reason(cron, e));
        }

        return false;
    }

    private static string Reason(string cron, CronFormatException e)
    {
        const string opening = "The given cron expression has an invalid format. ";
        var fields = cron.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields != 5 && !cron.TrimStart().StartsWith("@", StringComparison.Ordinal)) return $"{fields} field{(fields == 1 ? "" : "s")} found";
        var message = e.Message.StartsWith(opening, StringComparison.Ordinal) ? e.Message.Substring(opening.Length) : e.Message;
        return message.TrimEnd('.').Replace(" (all inclusive)", "");
    }
}
