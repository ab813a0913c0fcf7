using System.Diagnostics;
using System.Globalization;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Benchmarks.Engines;

/// <summary>The program whose tasks only wait, and its runs.</summary>
/// <param name="program">The worker.</param>
/// <param name="store">Where its runs are kept.</param>
internal sealed class NapsProgram(string program, string store)
{
    /// <summary>Runs the program to its end.</summary>
    /// <returns>What it wrote, and the processor time of it and of all that it started.</returns>
    public async Task<(string Out, TimeSpan Processor)> RunAsync(params string[] arguments)
    {
        // The shell knows the time of all its descendants, so also of the commands by which a driver asks Slurm.
        var start = new ProcessStartInfo("bash", ["-c", "\"$@\"; code=$?; times >&2; exit $code", "bash", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["FLOWGEN_DATASTORE"] = store, ["LC_ALL"] = "C" } };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {await error}");
        var times = (await error).TrimEnd().Split('\n')[^1].Split(' ');
        return (output.Trim(), Time(times[0]) + Time(times[1]));
    }

    /// <summary>What the log of a run says.</summary>
    public async Task<List<RunRecord>> RecordsAsync(string run)
    {
        var (records, reader) = (new List<RunRecord>(), new RunReader(ObjectStores.Open(store)));
        for (var n = 0; await reader.ReadAsync(RunKey.Parse(run)!.Value, n, default) is { } slot; n++) records.AddRange(slot.Records);
        return records;
    }

    /// <summary>As the shell writes it: <c>0m1.250s</c>.</summary>
    private static TimeSpan Time(string text)
    {
        var parts = text.TrimEnd('s').Split('m');
        return TimeSpan.FromMinutes(int.Parse(parts[0], CultureInfo.InvariantCulture)) + TimeSpan.FromSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
