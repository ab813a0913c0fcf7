using CsCheck;
using Cronos;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Engines;

namespace Engines.Tests.Schedules;

public class CronFieldsTests
{
    private static readonly DateTime Start = new(2026, 2, 27, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 3 * * *", "0 3 * * *")]
    [InlineData(" */15  * * * * ", "0,15,30,45 * * * *")]
    [InlineData("5/20 22-2 * * *", "5,25,45 0-2,22,23 * * *")]
    [InlineData("0 0 ? JAN,jul-SEP ?", "0 0 * 1,7-9 *")]
    [InlineData("0 0 * * 7", "0 0 * * 0")]
    [InlineData("0 0 * * 5-7", "0 0 * * 0,5,6")]
    [InlineData("0 0 * * FRI-MON", "0 0 * * 0,1,5,6")]
    [InlineData("0 0 * * 0-7", "0 0 * * *")]
    [InlineData("0 0 30-2 * *", "0 0 1,2,30,31 * *")]
    [InlineData("0 0 1-31 * MON", "0 0 * * 1")]
    [InlineData("@hourly", "0 * * * *")]
    [InlineData("@Daily", "0 0 * * *")]
    [InlineData("@midnight", "0 0 * * *")]
    [InlineData("@weekly", "0 0 * * 0")]
    [InlineData("@monthly", "0 0 1 * *")]
    [InlineData("@annually", "0 0 1 1 *")]
    [InlineData("@every_minute", "* * * * *")]
    public void Of_WhatCronCanSay_IsPlainNumbers(string cron, string plain) => Assert.Equal(plain, CronFields.Of(new ScheduleDefinition(cron)).ToString());

    [Theory]
    [InlineData("0 0 L * *", "'L' needs a calendar")]
    [InlineData("0 0 L-3 * *", "'L-3' needs a calendar")]
    [InlineData("0 0 15W * *", "'15W' needs a calendar")]
    [InlineData("0 0 * * 5L", "'5L' needs a calendar")]
    [InlineData("0 0 * * MON#2", "'MON#2' needs a calendar")]
    [InlineData("0 0 13 * 5", "it names days of the month and days of the week")]
    [InlineData("0 0 */2 * 1", "it names days of the month and days of the week")]
    [InlineData("@every_second", "'@every_second' is more often than once a minute")]
    public void Of_WhatNoCronCanSay_IsAnError(string cron, string why)
    {
        var error = Assert.Throws<FlowException>(() => CronFields.Of(new ScheduleDefinition(cron)));
        Assert.Equal(("FG1311", 2), (error.Code, error.ExitCode));
        Assert.StartsWith($"The schedule '{cron}' cannot be deployed, as no engine's cron can say it: {why}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnyExpression_MeansTheSame() => Expression.Sample(cron =>
    {
        // Those that never come the compiler does not take.
        if (!Times(cron).Any()) return;
        var plain = CronFields.Of(new ScheduleDefinition(cron)).ToString();
        Assert.Matches(@"\A[0-9*,\- ]+\z", plain);
        Assert.DoesNotContain('/', plain);
        Assert.Equal(Times(cron), Times(plain));
    }, iter: 2000);

    [Fact]
    public void Shift_AnyExpression_ComesAtTheSameTimes() => Gen.Select(Expression, Gen.Int[-14 * 4, 14 * 4]).Sample((cron, quarters) =>
    {
        var ahead = TimeSpan.FromMinutes(15 * quarters);
        if (!Times(cron).Any() || CronFields.Of(new ScheduleDefinition(cron)).Shift(15 * quarters) is not { } shifted) return;
        var there = CronExpression.Parse(shifted.ToString()).GetOccurrences(Start + ahead, Start.AddYears(5) + ahead).Take(20).Select(time => time - ahead);
        Assert.Equal(Times(cron), there);
    }, iter: 2000);

    [Theory]
    [InlineData("0 3 * * *", 60, "0 4 * * *")]
    [InlineData("0 23 * * *", 120, "0 1 * * *")]
    [InlineData("0 1 * * *", -330, "30 19 * * *")]
    [InlineData("*/30 * * * *", 345, "15,45 * * * *")]
    [InlineData("0 23 * * MON", 120, "0 1 * * 2")]
    [InlineData("0 1 * * SUN", -120, "0 23 * * 6")]
    [InlineData("0 3 1 * *", 60, "0 4 1 * *")]
    [InlineData("0 23 1 * *", 120, null)]
    [InlineData("0 22,23 * * MON", 60, null)]
    [InlineData("*/15 3 * * *", 30, null)]
    [InlineData("0 * * * MON", 60, null)]
    public void Shift_Clock_MovesHoursAndDays(string cron, int minutes, string? expected) => Assert.Equal(expected, CronFields.Of(new ScheduleDefinition(cron)).Shift(minutes)?.ToString());

    private static IEnumerable<DateTime> Times(string cron) => CronExpression.Parse(cron).GetOccurrences(Start, Start.AddYears(5)).Take(20);

    private static Gen<string> Expression { get; } = Gen.Select(Field(0, 59, []), Field(0, 23, []), Field(1, 28, []), Field(1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]), Field(0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]), Gen.Bool)
        .Select((minute, hour, day, month, weekday, byDay) => $"{minute} {hour} {(byDay ? day : "*")} {month} {(byDay ? "?" : weekday)}");

    private static Gen<string> Field(int first, int last, string[] names)
    {
        var number = Gen.Int[first, last].Select(value => value - (names.Length == 12 ? 1 : 0) is var at && at < names.Length && names.Length > 0 && value % 2 == 0 ? names[at] : $"{value}");
        var range = Gen.Select(number, number, (from, to) => $"{from}-{to}");
        var step = Gen.Int[1, last].Select(value => $"/{value}");
        var part = Gen.OneOf(number, range, Gen.Select(range, step, (range, step) => range + step), Gen.Select(number, step, (from, step) => from + step));
        return Gen.Frequency((2, Gen.Const("*")), (1, step.Select(step => "*" + step)), (3, part.Array[1, 3].Select(parts => string.Join(',', parts))));
    }
}
