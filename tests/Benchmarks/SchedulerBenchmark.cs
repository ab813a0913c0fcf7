using Benchmarks.Flows;
using Benchmarks.Measuring;
using FlowGen;
using FlowGen.Executing;
using FlowGen.Storage;

namespace Benchmarks;

/// <summary>A wide foreach of tasks that do next to nothing, against the same bodies run bare, and against writing the same objects in a plain loop.</summary>
internal static class SchedulerBenchmark
{
    public static async Task RunAsync(Settings settings, Table table)
    {
        await InMemoryAsync(settings, table);
        await DurableAsync(settings, table);
    }

    private static async Task InMemoryAsync(Settings settings, Table table)
    {
        var tasks = settings.Tasks;
        var times = await Measure.MediansAsync(settings.Rounds, new(() => RunFlowAsync(tasks, new InMemoryStore())), new(() => BareAsync(tasks)));
        table.Add($"foreach of {tasks:#,0} tasks in memory", Text.PerSecond(tasks, times[0]), $"Parallel.ForEachAsync: {Text.PerSecond(tasks, times[1])}", times[1] / times[0],
            ">= 200,000/s", tasks / times[0].TotalSeconds >= 200_000);
    }

    private static async Task DurableAsync(Settings settings, Table table)
    {
        var (tasks, store, plain) = (settings.DurableTasks, Path.Combine(settings.Folder, "wide"), Path.Combine(settings.Folder, "plain"));
        var times = await Measure.MediansAsync(settings.Rounds,
            new(() => RunFlowAsync(tasks, ObjectStores.Open(store)), () => Empty(store)),
            new(() => BareAsync(tasks)),
            new(() => CopyFlushedAsync(store, plain), () => Empty(plain)));
        var bar = TimeSpan.FromSeconds(2);
        var what = $"durable foreach of {tasks:#,0} tasks";
        table.Add(what, Text.Milliseconds(times[0]), $"Parallel.ForEachAsync: {Text.Milliseconds(times[1])}", times[0] / times[1]);
        table.Add(what, Text.Milliseconds(times[0]), $"the same {Directory.GetFiles(store, "*", SearchOption.AllDirectories).Length} files, each flushed: {Text.Milliseconds(times[2])}",
            times[0] / times[2], "<= 2,000 ms", times[0] <= bar);
        Directory.Delete(settings.Folder, recursive: true);
    }

    private static async Task RunFlowAsync(int tasks, IObjectStore store)
    {
        var (_, status) = await FlowRunner.RunAsync(new RunRequest { Flow = Definitions.Of<WideFlow>(), Store = store, Parameters = [tasks] }, new NullObserver(), default, default);
        if (status != RunStatus.Succeeded) throw new InvalidOperationException($"The run ended as {status}.");
    }

    private static async Task BareAsync(int tasks)
    {
        var results = new int[tasks];
        await Parallel.ForEachAsync(Enumerable.Range(0, tasks), (item, _) =>
        {
            results[item] = WideFlow.Body(item);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>What a program without a scheduler would do to keep the same bytes safe.</summary>
    private static async Task CopyFlushedAsync(string from, string to)
    {
        var number = 0;
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(Path.Combine(to, (number++).ToString("d6")), FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
            file.Write(await File.ReadAllBytesAsync(path));
            file.Flush(flushToDisk: true);
        }
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }
}
