using System.Globalization;

namespace Benchmarks.Measuring;

/// <summary>Numbers as the table shows them.</summary>
internal static class Text
{
    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms";

    public static string PerSecond(int count, TimeSpan time) => (count / time.TotalSeconds).ToString("#,0", CultureInfo.InvariantCulture) + "/s";

    public static string Speed(long bytes, TimeSpan time) => (bytes / time.TotalSeconds / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB/s";
}
