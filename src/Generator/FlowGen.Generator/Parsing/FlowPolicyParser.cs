using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads and checks what a flow does by itself.</summary>
internal static class FlowPolicyParser
{
    public static FlowPolicyModel Parse(FlowContext context)
    {
        var (type, known) = (context.Type, context.Known);
        var schedules = type.Attributes(known.Schedule).ToList();
        if (schedules.Count > 0) ScheduleWithRequiredParameter.Check(schedules[0], context);
        return new FlowPolicyModel
        {
            Schedules = schedules.Select(schedule => Schedule(schedule, context)).OfType<ScheduleModel>().ToEquatable(),
            Triggers = Once(type.Attributes(known.Trigger), trigger => BadTrigger.Check(trigger, context), "event", context),
            TriggersOnFinish = Once(type.Attributes(known.TriggerOnFinish), trigger => TriggerOnNoFlow.Check(trigger, context), "flow", context),
            Project = type.Attribute(known.Project) is { } project ? BadProject.Check(project, context) : null,
            Finally = FinallyParser.Parse(context).ToEquatable(),
        };
    }

    private static ScheduleModel? Schedule(AttributeData schedule, FlowContext context)
    {
        if (schedule.Text(0) is not { } cron) return null;
        var zone = schedule.Named("TimeZone") as string ?? "UTC";
        return BadSchedule.Check(schedule, cron, context) & BadTimeZone.Check(schedule, zone, context) ? new ScheduleModel(cron, zone) : null;
    }

    private static EquatableArray<string> Once(IEnumerable<AttributeData> attributes, Func<AttributeData, string?> read, string kind, FlowContext context)
    {
        var names = new List<string>();
        foreach (var attribute in attributes)
        {
            if (read(attribute) is not { } name) continue;
            if (names.Contains(name)) DuplicateTrigger.Report(attribute, kind, name, context);
            else names.Add(name);
        }

        return names.ToEquatable();
    }
}
