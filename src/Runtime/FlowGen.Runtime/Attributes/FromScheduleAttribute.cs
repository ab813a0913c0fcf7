namespace FlowGen;

/// <summary>
/// The parameter, a <see cref="DateTimeOffset"/> or <see cref="DateOnly"/>, is the time for which the run was scheduled, in the time zone of the flow's schedule; of a run that was started by hand, the time
/// when it was submitted. It is recorded, so a resume has the same; an option gives another: <c>--day 2026-03-14</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromScheduleAttribute : Attribute;
