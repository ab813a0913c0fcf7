using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Flows;
using Benchmarks.Measuring;
using FlowGen;
using FlowGen.Executing;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Benchmarks;

/// <summary>Runs of very many tasks on disk: how fast they go, what memory they need, how quickly they are closed, opened, and continued after a kill. Each in a process of its own, so that its memory is its own.</summary>
internal static class LongRunBenchmark
{
    public const string Child = "--child";

    private const int ValueBytes = 1024;

    public static async Task RunAsync(Settings settings, Table table)
    {
        await OpenAsync(settings, table);
        foreach (var (tasks, bar, limit) in new[] { (settings.ManyTasks / 10, 20_000, 0L), (settings.ManyTasks, 0, 1L << 30) })
        {
            var (time, memory, objects) = await ChildAsync(settings, "wide", tasks);
            var perSecond = tasks / time.TotalSeconds;
            table.Add($"durable run of {tasks:#,0} trivial tasks", $"{Text.PerSecond(tasks, time)}, {memory >> 20} MiB, {objects} objects", "the bar", limit > 0 ? (double)memory / limit : perSecond / bar,
                limit > 0 ? "< 1 GiB" : $">= {bar:#,0}/s", limit > 0 ? memory < limit : perSecond >= bar);
        }

        var (closing, closed, _) = await ChildAsync(settings, "close", settings.ManyTasks);
        table.Add($"closing a run of {settings.ManyTasks:#,0} values of 1 KiB", $"{Text.Milliseconds(closing)}, {closed >> 20} MiB", "1 GiB", closed / (double)(1 << 30));
        await BootstrapAsync(settings, table);
    }

    /// <summary>What a child does: prints milliseconds and the bytes of memory at its peak.</summary>
    public static async Task RunChildAsync(string what, int tasks, string folder)
    {
        var start = Stopwatch.GetTimestamp();
        if (what == "wide")
        {
            var (_, status) = await FlowRunner.RunAsync(new RunRequest { Flow = Definitions.Of<WideFlow>(), Store = ObjectStores.Open(folder), Parameters = [tasks] }, new NoticeObserver(static _ => { }), default, default);
            if (status != RunStatus.Succeeded) throw new InvalidOperationException($"The run ended as {status}.");
        }
        else
        {
            var store = await RunStore.OpenAsync(ObjectStores.Open(folder), forWriting: true, TimeProvider.System, default);
            await using var log = await RunLog.CreateAsync(store, Manifest(), TimeProvider.System, default);
            log.Append(new DimensionSized(0, default, tasks));
            var random = new Random(1);
            for (var i = 0; i < tasks; i++)
            {
                var value = new byte[ValueBytes];
                random.NextBytes(value);
                var sequence = log.Append(Success(i, value));
                if (log.Backlog > 64 << 20) await log.WhenCommittedAsync(sequence, default);
            }

            start = Stopwatch.GetTimestamp();
            await log.FinishAsync(new RunFinished(RunStatus.Succeeded, DateTimeOffset.UnixEpoch, default, null));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds} {Process.GetCurrentProcess().PeakWorkingSet64}"));
    }

    /// <summary>An open run of which every task has a slot of its own, as slow tasks have, against reading a file with the same bytes.</summary>
    private static async Task OpenAsync(Settings settings, Table table)
    {
        var tasks = settings.ManyTasks / 10;
        var (memory, folder) = (new InMemoryStore(), Path.Combine(settings.Folder, "open"));
        var store = await RunStore.OpenAsync(memory, forWriting: true, TimeProvider.System, default);
        var log = await RunLog.CreateAsync(store, Manifest(), TimeProvider.System, default);
        log.Append(new DimensionSized(0, default, tasks));
        for (var i = 0; i < tasks; i++) await log.WhenCommittedAsync(log.Append(Success(i, [1, 2, 3, 4, 5, 6, 7, 8])), default);
        await log.DisposeAsync();
        await new LogMerger(memory, log.Run).MergeAllAsync(tasks, default);
        var bytes = 0L;
        await foreach (var found in memory.ListAsync(""))
        {
            var path = Path.Combine(folder, found.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, (await memory.GetAsync(found.Key))!);
            if (found.Key.Contains("/log/", StringComparison.Ordinal)) bytes += found.Size;
        }

        var plain = Path.Combine(folder, "plain");
        await File.WriteAllBytesAsync(plain, new byte[bytes]);
        var times = await Measure.MediansAsync(settings.Rounds, new(async () =>
        {
            var opened = await RunStore.OpenAsync(ObjectStores.Open(folder), forWriting: false, TimeProvider.System, default);
            var state = await opened.ReadAsync(log.Run, default);
            if (state.Steps[1].Totals()[(int)FlowTaskStatus.Succeeded] != tasks) throw new InvalidOperationException("Not all tasks were read.");
        }), new(() => File.ReadAllBytesAsync(plain)));
        table.Add($"opening an open run of {tasks:#,0} tasks, a slot each", Text.Milliseconds(times[0]), $"reading as many bytes: {Text.Milliseconds(times[1])}", times[0] / times[1], "<= 1,000 ms", times[0].TotalSeconds <= 1);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The sample Bootstrap: run, and killed half-way and resumed.</summary>
    private static async Task BootstrapAsync(Settings settings, Table table)
    {
        if (settings.Programs is not { } programs) return;
        var (program, tasks) = (Path.Combine(programs, "bootstrap", "Bootstrap"), settings.ManyTasks / 10);
        var data = Path.Combine(settings.Folder, "diamonds.csv");
        Directory.CreateDirectory(settings.Folder);
        await File.WriteAllLinesAsync(data, (await File.ReadAllLinesAsync(Path.Combine(programs, "bootstrap", "diamonds.csv"))).Take(501));
        string[] run = ["run", "--data", data, "--resamples", tasks.ToString(CultureInfo.InvariantCulture)];
        var (whole, killed) = (Path.Combine(settings.Folder, "whole"), Path.Combine(settings.Folder, "killed"));
        var (time, memory) = await StartAsync(program, whole, null, run);
        var objects = Count(whole);
        var half = Math.Max(2, Slots(whole) / 2);
        var (first, _) = await StartAsync(program, killed, () => Slots(killed) >= half, run);
        var (second, resumed) = await StartAsync(program, killed, null, "resume");
        table.Add($"Bootstrap of 500 diamonds, {tasks:#,0} resamples", $"{Text.Milliseconds(time)}, {memory >> 20} MiB, {objects} objects",
            $"killed after {Text.Milliseconds(first)}, resumed in {Text.Milliseconds(second)}, {resumed >> 20} MiB, {Count(killed)} objects", time / (first + second));
        Directory.Delete(whole, recursive: true);
        Directory.Delete(killed, recursive: true);
    }

    private static async Task<(TimeSpan Time, long Memory)> StartAsync(string program, string store, Func<bool>? killWhen, params string[] arguments)
    {
        var begun = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["FLOWGEN_DATASTORE"] = store } };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var memory = 0L;
        while (!process.HasExited)
        {
            process.Refresh();
            memory = Math.Max(memory, process.HasExited ? 0 : process.PeakWorkingSet64);
            if (killWhen?.Invoke() == true) process.Kill();
            await Task.Delay(5);
        }

        await process.WaitForExitAsync();
        await output;
        if (killWhen is null && process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {await error}");
        return (Stopwatch.GetElapsedTime(begun), memory);
    }

    private static async Task<(TimeSpan Time, long Memory, int Objects)> ChildAsync(Settings settings, string what, int tasks)
    {
        var folder = Path.Combine(settings.Folder, what);
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Child, what, tasks.ToString(CultureInfo.InvariantCulture), folder]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{what} of {tasks} ended with exit code {process.ExitCode}.");
        var objects = Count(folder);
        Directory.Delete(folder, recursive: true);
        var numbers = said.Split(' ', StringSplitOptions.TrimEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (TimeSpan.FromMilliseconds(numbers[0]), (long)numbers[1], objects);
    }

    private static int Count(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length;

    private static int Slots(string store) => Directory.Exists(Path.Combine(store, "runs")) ? Directory.GetDirectories(Path.Combine(store, "runs"), "log", SearchOption.AllDirectories).Sum(log => Directory.GetFiles(log).Length) : 0;

    private static TaskSucceeded Success(int task, byte[] value) => new(new TaskAddress(1, task), 1, (ulong)task, DateTimeOffset.UnixEpoch.AddSeconds(task), TimeSpan.FromMilliseconds(5), [StoredValue.Of(value)]);

    private static RunManifest Manifest()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new RunManifest
        {
            Run = RunKey.Create("wide", now),
            Created = now,
            User = "benchmark",
            Host = "here",
            Graph = GraphDescription.Of(Definitions.Of<WideFlow>()),
            RuntimeVersion = "10",
            FlowGenVersion = "0",
            Packages = ImmutableSortedDictionary<string, string>.Empty,
        };
    }
}
