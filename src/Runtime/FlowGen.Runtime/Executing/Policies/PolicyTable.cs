using System.Collections.Immutable;
using System.Globalization;
using FlowGen.CompilerServices;

namespace FlowGen.Executing.Policies;

/// <summary>All policies that are text, in the order in which people see them.</summary>
internal static class PolicyTable
{
    private const string None = "none";
    private static readonly RetryPolicy DefaultRetry = new(0, TimeSpan.FromSeconds(1));
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromDays(1);

    public static ImmutableArray<PolicyText> All { get; } =
    [
        new("retry", "a number of retries from 0 to 100, such as retry=3",
            step => step.Retry is { Times: > 0 and var times } ? Text(times) : null,
            (step, text) => Whole(text, 0, 100) is { } times ? step with { Retry = times == 0 ? null : (step.Retry ?? DefaultRetry) with { Times = times } } : null),
        new("backoff", "a duration of up to a day, such as backoff=30s",
            step => step.Retry is { Times: > 0 } retry ? Text(retry.Backoff) : null,
            (step, text) => Time(text) is { } wait && wait <= LongestBackoff ? step with { Retry = WithBackoff(step.Retry ?? DefaultRetry, wait) } : null),
        new("timeout", "a duration such as timeout=1h30m, or none",
            step => step.Timeout is { } limit ? Text(limit) : null,
            (step, text) => text == None ? step with { Timeout = null } : Time(text) is { } limit ? step with { Timeout = limit } : null),
        new("cpu", "a number of cores such as cpu=2 or cpu=0.5",
            step => step.Resources is { } needs ? needs.Cpu.ToString(CultureInfo.InvariantCulture) : null,
            (step, text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpu) && cpu is > 0 and <= 1024 ? step with { Resources = Needs(step) with { Cpu = cpu } } : null),
        new("memory", "an amount such as memory=4Gi, or none",
            step => step.Resources is { Memory: > 0 and var bytes } ? Quantity.Show(bytes) : null,
            (step, text) => Bytes(text) is { } bytes ? step with { Resources = Needs(step) with { Memory = bytes, MemoryLimit = Math.Max(bytes, Needs(step).MemoryLimit) } } : null),
        new("gpu", "a number of graphics processors from 0 to 64, such as gpu=1",
            step => step.Resources is { Gpu: > 0 and var gpu } ? Text(gpu) : null,
            (step, text) => Whole(text, 0, 64) is { } gpu ? step with { Resources = Needs(step) with { Gpu = gpu } } : null),
        new("disk", "an amount such as disk=10Gi, or none",
            step => step.Resources is { Disk: > 0 and var bytes } ? Quantity.Show(bytes) : null,
            (step, text) => Bytes(text) is { } bytes ? step with { Resources = Needs(step) with { Disk = bytes } } : null),
        new("rate", "a number of starts in a duration such as rate=300/1m, or none",
            step => step.RateLimit is { } rate ? $"{Text(rate.Starts)}/{Text(rate.Period)}" : null,
            (step, text) => text == None ? step with { RateLimit = null } : Rate(text) is { } rate ? step with { RateLimit = rate } : null),
        new("max-parallel", "a number of tasks such as max-parallel=4, or 0 for no limit",
            step => step.MaxParallel > 0 ? Text(step.MaxParallel) : null,
            (step, text) => Whole(text, 0, int.MaxValue) is { } limit ? step with { MaxParallel = limit } : null),
        new("isolated", "isolated=true or isolated=false",
            step => step.Isolated ? "true" : null,
            (step, text) => text is "true" or "false" ? step with { Isolated = text == "true" } : null),
        new("gang", "a number of invocations from 1 to 1024, such as gang=4",
            step => step.Gang > 1 ? Text(step.Gang) : null,
            (step, text) => Whole(text, 1, 1024) is { } size ? step with { Gang = size } : null),
        new("retry-on", "", step => step.Retry is { On.IsEmpty: false } retry ? string.Join(" ", retry.On) : null),
        new("retry-except", "", step => step.Retry is { Except.IsEmpty: false } retry ? string.Join(" ", retry.Except) : null),
        new("environment", "", step => step.Environment.IsEmpty ? null : string.Join(" ", step.Environment.Select(variable => variable.Key))),
        new("cache", "", step => step.Cache is { } cache ? cache.Version ?? "true" : null),
        new("inline", "", step => step.Inline ? "true" : null),
    ];

    /// <summary>The policies that a step has.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Of(StepDefinition step)
    {
        var policies = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var policy in All)
            if (policy.Get(step) is { } text) policies.Add(KeyValuePair.Create(policy.Name, text));
        return policies.DrainToImmutable();
    }

    /// <summary>What a flow does by itself.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Of(FlowDefinition flow) =>
    [
        .. flow.Schedules.Select(schedule => KeyValuePair.Create("schedule", $"{schedule.Cron} ({schedule.TimeZone})")),
        .. flow.Triggers.Select(name => KeyValuePair.Create("trigger", name)),
        .. flow.TriggersOnFinish.Select(name => KeyValuePair.Create("trigger-on-finish", name)),
        .. flow.Project is { } project ? [KeyValuePair.Create("project", project)] : Array.Empty<KeyValuePair<string, string>>(),
        .. flow.Finally.Select(method => KeyValuePair.Create("finally", method.Method)),
    ];

    /// <summary>Those that can be changed for a run.</summary>
    public static IEnumerable<PolicyText> Changeable => All.Where(policy => policy.Set is not null);

    private static ResourceDefinition Needs(StepDefinition step) => step.Resources ?? new ResourceDefinition();

    private static RetryPolicy WithBackoff(RetryPolicy retry, TimeSpan wait) => retry with { Backoff = wait, MaxBackoff = wait > retry.MaxBackoff ? wait : retry.MaxBackoff };

    private static long? Bytes(string text) => text == None ? 0 : Quantity.Parse(text);

    private static RateLimitDefinition? Rate(string text) =>
        text.Split('/') is [var starts, var period] && Whole(starts, 1, 1_000_000) is { } count && Time(period) is { } length ? new RateLimitDefinition(count, length) : null;

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static TimeSpan? Time(string text)
    {
        try
        {
            return Duration.Parse(text) is var time && time > TimeSpan.Zero && time.TotalMilliseconds <= int.MaxValue ? time : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Duration.Parse"/> takes it: <c>1h30m</c>.</summary>
    private static string Text(TimeSpan time)
    {
        (int Count, string Unit)[] parts = [(time.Days, "d"), (time.Hours, "h"), (time.Minutes, "m"), (time.Seconds, "s"), (time.Milliseconds, "ms")];
        return string.Concat(parts.Where(part => part.Count > 0).Select(part => Text(part.Count) + part.Unit));
    }
}
