using System.Collections.Immutable;
using System.Globalization;
using FlowGen.CompilerServices;

namespace FlowGen.Engines;

/// <summary>
/// A cron expression as the minutes, hours, days and months that it names. Written as plain numbers and ranges it means the same to every cron; macros, names, steps (Slurm's begin at 1 for weekdays), Sunday as
/// 7 (unknown to Kubernetes) and ranges that go backwards do not. What no cron but the one of <see cref="ScheduleAttribute"/> knows has no such form: the last day of a month, the nearest weekday, the second
/// Friday, and days of the month and of the week at once, which all others take for one or the other.
/// </summary>
internal sealed record CronFields(ImmutableArray<int> Minutes, ImmutableArray<int> Hours, ImmutableArray<int> Days, ImmutableArray<int> Months, ImmutableArray<int> Weekdays)
{
    private const string Unsayable = "FG1311";

    private static readonly (int First, int Last, string[] Names)[] Ranges =
    [
        (0, 59, []), (0, 23, []), (1, 31, []),
        (1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        (0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    /// <param name="schedule">An expression that the compiler has checked.</param>
    /// <exception cref="FlowException">FG1311: it means something that cron cannot say.</exception>
    public static CronFields Of(ScheduleDefinition schedule)
    {
        var text = schedule.Cron.Trim() switch
        {
            var macro when macro.StartsWith('@') => Expand(macro.ToLowerInvariant()) ?? throw Cannot(schedule, $"'{macro}' is more often than once a minute"),
            var fields => fields,
        };
        var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 5) throw Cannot(schedule, "it does not have five fields");
        var values = new ImmutableArray<int>[5];
        for (var i = 0; i < 5; i++)
        {
            try
            {
                values[i] = Values(words[i], i);
            }
            catch (FormatException)
            {
                throw Cannot(schedule, $"'{words[i]}' needs a calendar, as 'L', 'W' and '#' do");
            }
        }

        var result = new CronFields(values[0], values[1], values[2], values[3], [.. values[4].Select(static day => day % 7).Distinct().Order()]);
        if (!result.HasAllDays && !result.HasAllWeekdays) throw Cannot(schedule, "it names days of the month and days of the week, and means those that are both; cron takes those that are one or the other");
        return result;
    }

    /// <summary>Whether all hours of all days are meant alike, so that only minutes count.</summary>
    private bool HasAllHours => Hours.Length == 24;

    private bool HasAllDays => Days.Length == 31;

    private bool HasAllWeekdays => Weekdays.Length == 7;

    private bool HasAllMonths => Months.Length == 12;

    /// <summary>The same points in time, in a zone whose clocks are ahead by some minutes.</summary>
    /// <returns><c>null</c> if cron cannot say it there.</returns>
    public CronFields? Shift(int minutes)
    {
        var (byMinutes, byHours) = (Mod(minutes, 60), (minutes - Mod(minutes, 60)) / 60);
        // Minutes that go over the hour take the hour with them, and cron has one list of each.
        var carries = Minutes.Select(minute => (minute + byMinutes) / 60).Distinct().ToList();
        if (carries.Count > 1 && !HasAllHours) return null;
        var hours = Hours.Select(hour => hour + byHours + (HasAllHours ? 0 : carries[0])).ToList();
        var days = hours.Select(static hour => hour < 0 ? -1 : hour / 24).Distinct().ToList();
        var isEveryDay = HasAllDays && HasAllWeekdays && HasAllMonths;
        // Each hour of a Sunday is, elsewhere, some hours of a Saturday and some of a Sunday.
        if (!isEveryDay && (HasAllHours && minutes != 0 || days.Count > 1 || days[0] != 0 && !(HasAllDays && HasAllMonths))) return null;
        return this with
        {
            Minutes = [.. Minutes.Select(minute => (minute + byMinutes) % 60).Order()],
            Hours = [.. hours.Select(static hour => Mod(hour, 24)).Order()],
            Weekdays = HasAllWeekdays ? Weekdays : [.. Weekdays.Select(day => Mod(day + days[0], 7)).Order()],
        };
    }

    /// <summary>As every cron reads it.</summary>
    public override string ToString() => string.Join(' ', Text(Minutes, 60), Text(Hours, 24), Text(Days, 31), Text(Months, 12), Text(Weekdays, 7));

    private static string? Expand(string macro) => macro switch
    {
        "@every_minute" => "* * * * *",
        "@hourly" => "0 * * * *",
        "@daily" or "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" or "@annually" => "0 0 1 1 *",
        _ => null,
    };

    private static ImmutableArray<int> Values(string word, int field)
    {
        var (first, last, _) = Ranges[field];
        var values = new SortedSet<int>();
        foreach (var part in word.Split(','))
        {
            var (range, step) = part.Split('/') is [var before, var after] ? (before, int.Parse(after, CultureInfo.InvariantCulture)) : (part, 1);
            int from, to;
            if (range is "*" or "?") (from, to) = (first, field == 4 ? last - 1 : last);
            else if (range.Split('-') is [var low, var high])
            {
                (from, to) = (Number(low, field), Number(high, field));
                if (to < from)
                {
                    // Backwards: up to the end and, as far into the next round as steps reach, on from its beginning. Sunday counts once, at the beginning.
                    var end = field == 4 ? last - 1 : last;
                    for (var value = from; value <= end; value += step) values.Add(value);
                    from = first + step - (end - from) % step - 1;
                }
            }
            else
            {
                from = Number(range, field);
                // '5/15' is from 5 to the end.
                to = part.Contains('/', StringComparison.Ordinal) ? last : from;
            }

            for (var value = from; value <= to; value += step) values.Add(value);
        }

        return [.. values];
    }

    private static int Number(string text, int field)
    {
        var (first, _, names) = Ranges[field];
        var name = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name >= 0 ? name + first : int.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string Text(ImmutableArray<int> values, int size)
    {
        if (values.Length == size) return "*";
        var parts = new List<string>();
        for (var i = 0; i < values.Length;)
        {
            var end = i;
            while (end + 1 < values.Length && values[end + 1] == values[end] + 1) end++;
            // Two neighbours are as short as a list.
            if (end == i + 1) end = i;
            parts.Add(end == i ? Text(values[i]) : $"{Text(values[i])}-{Text(values[end])}");
            i = end + 1;
        }

        return string.Join(',', parts);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Mod(int value, int size) => (value % size + size) % size;

    private static FlowException Cannot(ScheduleDefinition schedule, string why) => new(Unsayable,
        $"The schedule '{schedule.Cron}' cannot be deployed, as no engine's cron can say it: {why}. Write one that names minutes, hours, and days of the month or of the week; a step can decide by [FromSchedule] whether there is something to do.", 2);
}
