using System.Diagnostics;
using System.Globalization;

namespace FlowGen.Runs;

/// <summary>What tells this machine and its processes apart from others.</summary>
internal static class ThisMachine
{
    private static readonly Lazy<(string Boot, long Start)> Identity = new(() => (ReadBoot(), StartOf(Environment.ProcessId) ?? 0));

    public static DriverProcess Driver(string store) => new(Environment.MachineName, Identity.Value.Boot, Environment.ProcessId, Identity.Value.Start, store);

    /// <summary>Name of the machine as a key: 16 hexadecimal digits.</summary>
    public static string Id { get; } = Hash256.Of(System.Text.Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{ReadText("/etc/machine-id")}")).ToString()[..16];

    /// <summary>Whether a driver's process still exists; <c>null</c> when it belongs to another machine, or to this one before it was restarted.</summary>
    public static bool? IsRunning(DriverProcess driver)
    {
        if (driver.Host != Environment.MachineName || driver.Boot != Identity.Value.Boot || driver.Boot.Length == 0) return null;
        return StartOf(driver.ProcessId) is { } start && Math.Abs(start - driver.ProcessStart) <= Tolerance;
    }

    /// <summary>Linux gives the exact tick; elsewhere the time is computed and may vary a little.</summary>
    private static long Tolerance => OperatingSystem.IsLinux() ? 0 : TimeSpan.TicksPerSecond * 2;

    private static string ReadBoot()
    {
        if (!OperatingSystem.IsLinux()) return OperatingSystem.IsWindows() ? "windows" : "posix";
        // Containers share the boot id but not their processes.
        try
        {
            return $"{ReadText("/proc/sys/kernel/random/boot_id")} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    internal static long? StartOf(int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            // Field 22, counted after the name, which may itself hold spaces and parentheses. A zombie has ended.
            var stat = ReadText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > 19 && fields[0] is not ("Z" or "X") && long.TryParse(fields[19], CultureInfo.InvariantCulture, out var start) ? start : null;
        }
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
