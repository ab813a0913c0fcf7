using System.Diagnostics;
using Benchmarks.Measuring;

namespace Benchmarks;

/// <summary>From the start of a process to its exit: a durable flow of four steps against a program that does nothing.</summary>
internal static class StartBenchmark
{
    public static async Task RunAsync(Settings settings, Table table)
    {
        if (settings.Programs is not { } programs) return;
        var rounds = settings.Rounds * 3;
        var store = Path.Combine(settings.Folder, "start");
        foreach (var (kind, bar) in new[] { ("aot", 50), ("jit", 250) })
        {
            var times = await Measure.MediansAsync(rounds,
                new(() => StartAsync(Path.Combine(programs, kind, "FourSteps"), store, "run")),
                new(() => StartAsync(Path.Combine(programs, kind, "Empty"), store)));
            table.Add($"four-step flow, start to exit, {kind.ToUpperInvariant()}", Text.Milliseconds(times[0]), $"empty program: {Text.Milliseconds(times[1])}", times[0] / times[1],
                $"<= {bar} ms", times[0].TotalMilliseconds <= bar);
        }
        Directory.Delete(store, recursive: true);
    }

    private static async Task StartAsync(string program, string store, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["FLOWGEN_DATASTORE"] = store } };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {await error}");
    }
}
