using System.Globalization;

namespace FlowGen.CommandLine;

/// <summary>Counts and sizes as people read them.</summary>
internal static class Numbers
{
    /// <summary><c>10,000</c>.</summary>
    public static string Show(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>812 B</c>, <c>1.4 MiB</c>.</summary>
    public static string ShowBytes(long bytes)
    {
        if (bytes < 1024) return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        double value = bytes;
        foreach (var unit in (ReadOnlySpan<string>)["KiB", "MiB", "GiB"])
        {
            value /= 1024;
            if (value < 1023.95) return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value / 1024:0.0} TiB");
    }
}
