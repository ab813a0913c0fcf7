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

        await WorkersAsync(programs, store, rounds, table);
        Directory.Delete(store, recursive: true);
    }

    /// <summary>Workers and images as the targets make them, against the program that is compiled while it runs.</summary>
    private static async Task WorkersAsync(string programs, string store, int rounds, Table table)
    {
        var compiled = Path.Combine(programs, "jit", "FourSteps");
        foreach (var kind in new[] { "static", "r2r" })
        {
            var folder = Path.Combine(programs, "worker-" + kind);
            var times = await Measure.MediansAsync(rounds, new(() => StartAsync(Path.Combine(folder, "FourSteps"), store, "run")), new(() => StartAsync(compiled, store, "run")));
            var size = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            table.Add($"four-step flow, worker {kind}, {size / 1e6:0} MB", Text.Milliseconds(times[0]), $"with the JIT: {Text.Milliseconds(times[1])}", times[0] / times[1], kind == "static" ? "<= 50 ms" : "", kind == "static" ? times[0].TotalMilliseconds <= 50 : null);
        }

        var image = new FileInfo(Path.Combine(programs, "FourSteps.oci.tar")).Length;
        var program = new FileInfo(Path.Combine(programs, "worker-static", "FourSteps")).Length;
        table.Add("image from scratch", $"{image / 1e6:0.0} MB", $"its program: {program / 1e6:0.0} MB", (double)image / program, "<= 12 MB", image <= 12_000_000);
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
