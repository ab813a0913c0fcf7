using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Identity of a run: <c>flow/inverted time-random</c> (M7). The inverted time is 2^45 - 1 minus the milliseconds since 1970 in 9 base32 digits, so keys of one flow sort
/// newest first; the random part (8 digits) is the short form people type. Digits are <c>0-9a-z</c> without i, l, o and u.
/// </summary>
/// <param name="Flow">Command-line name of the flow.</param>
/// <param name="Id">Inverted time, hyphen, random part.</param>
internal readonly record struct RunKey(string Flow, string Id)
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TimeDigits = 9, RandomDigits = 8;
    private const long MaxTime = (1L << 45) - 1;

    public static RunKey Create(string flow, DateTimeOffset now)
    {
        Span<char> random = stackalloc char[RandomDigits];
        RandomNumberGenerator.GetItems(Digits, random);
        return Of(flow, now, random);
    }

    /// <summary>The run of one time of a schedule: the same whoever starts it, so that it cannot be started twice.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="schedule">Name of the schedule.</param>
    /// <param name="time">The time.</param>
    /// <param name="cut">How many starts for this time were cut off before.</param>
    public static RunKey OfSchedule(string flow, string schedule, DateTimeOffset time, int cut) =>
        Of(flow, time, string.Create(CultureInfo.InvariantCulture, $"{schedule}\n{time.ToUnixTimeMilliseconds()}\n{cut}"));

    /// <summary>The key of something that may be started twice and must be one run: the same whenever it is made of the same time and name.</summary>
    public static RunKey Of(string flow, DateTimeOffset time, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        Span<char> digits = stackalloc char[RandomDigits];
        for (var i = 0; i < RandomDigits; i++) digits[i] = Digits[hash[i] & 31];
        return Of(flow, time, digits);
    }

    private static RunKey Of(string flow, DateTimeOffset at, ReadOnlySpan<char> digits)
    {
        if (!ObjectKey.IsSegment(flow))
            throw new FlowException(RunErrors.BadName, $"'{flow}' cannot be the name of a flow: it must be 1 to {ObjectKey.MaxSegment} lower-case letters, digits and hyphens.", 2);
        Span<char> id = stackalloc char[TimeDigits + 1 + RandomDigits];
        var time = MaxTime - Math.Clamp(at.ToUnixTimeMilliseconds(), 0, MaxTime);
        for (var i = TimeDigits - 1; i >= 0; i--, time >>= 5) id[i] = Digits[(int)(time & 31)];
        id[TimeDigits] = '-';
        digits.CopyTo(id[(TimeDigits + 1)..]);
        return new RunKey(flow, new string(id));
    }

    /// <summary>The random part.</summary>
    public string Short => Id[(Id.IndexOf('-') + 1)..];

    /// <summary>When it was made, by the clock of the computer that did.</summary>
    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeMilliseconds(MaxTime - Id[..TimeDigits].Aggregate(0L, static (time, digit) => (time << 5) + Digits.IndexOf(digit)));

    /// <summary>Prefix of the keys of all objects of the run.</summary>
    public string Prefix => $"runs/{Flow}/{Id}/";

    public static bool IsId(ReadOnlySpan<char> id)
    {
        if (id.Length != TimeDigits + 1 + RandomDigits || id[TimeDigits] != '-') return false;
        for (var i = 0; i < id.Length; i++)
            if (i != TimeDigits && !Digits.Contains(id[i])) return false;
        return true;
    }

    /// <summary>Reads <c>flow/id</c>.</summary>
    public static RunKey? Parse(string text) =>
        text.Split('/') is [var flow, var id] && ObjectKey.IsSegment(flow) && IsId(id) ? new RunKey(flow, id) : null;

    public override string ToString() => Flow + "/" + Id;
}
