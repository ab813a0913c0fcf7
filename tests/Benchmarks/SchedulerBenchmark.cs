using Benchmarks.Flows;
using Benchmarks.Measuring;
using FlowGen;
using FlowGen.Executing;
using FlowGen.Executing.Reuse;
using FlowGen.Scheduling;
using FlowGen.Storage;

namespace Benchmarks;

/// <summary>A wide foreach of tasks that do next to nothing, against the same bodies run bare, and against writing the same objects in a plain loop.</summary>
internal static class SchedulerBenchmark
{
    public static async Task RunAsync(Settings settings, Table table)
    {
        await CoreAsync(settings, table);
        await InMemoryAsync(settings, table);
        await DurableAsync(settings, table);
    }

    /// <summary>The state machine alone, with nothing around it: what a task costs must not depend on how many there are.</summary>
    private static async Task CoreAsync(Settings settings, Table table)
    {
        var (wide, narrow) = (settings.CoreTasks, 1_000);
        var side = (int)Math.Sqrt(wide);
        var times = await Measure.MediansAsync(settings.Rounds,
            new(() => ScheduleAsync(wide, 1, 1)),
            new(() => ScheduleAsync(side, side, 1)),
            new(() => ScheduleAsync(narrow, 1, wide / narrow)));
        foreach (var (what, time, tasks) in new[] { ($"{wide:#,0} tasks", times[0], wide), ($"{side:#,0} x {side:#,0} nested tasks", times[1], side * side) })
        {
            var (own, few) = (time.TotalNanoseconds / (2.0 * tasks), times[2].TotalNanoseconds / (2.0 * (wide / narrow * narrow)));
            table.Add($"scheduler alone, a task of {what}", $"{own:0} ns", $"of {narrow:#,0} tasks: {few:0} ns", own / few);
        }
    }

    /// <summary>days =d=> hours[d] =h=> fit[d,h] -> score[d,h] => daily[d] => all; with one hour a day, a plain foreach: fit[d] -> score[d] => all.</summary>
    private static Task ScheduleAsync(int days, int hours, int times)
    {
        for (var n = 0; n < times; n++)
        {
            var graph = hours == 1
                ? TaskGraph.Of([new() { Makes = [0] }, new() { Scope = [0] }, new() { Scope = [0] }, new()], 1, 0, [new(0, 1), new(1, 2), new(2, 3)])
                : TaskGraph.Of([new() { Makes = [0] }, new() { Scope = [0], Makes = [1] }, new() { Scope = [0, 1] }, new() { Scope = [0, 1] }, new() { Scope = [0] }, new()], 2, 0,
                    [new(0, 1), new(1, 2), new(2, 3), new(3, 4), new(4, 5)]);
            var core = new SchedulerCore(graph, new SchedulerLimits(2));
            DimensionWidth[] outer = [new(0, days)], inner = [new(1, hours)];
            Scheduler.OnStarted(core, [], []);
            while (Scheduler.TryStart(core, out var task, out _))
            {
                Scheduler.OnSucceeded(core, task, task.Step == 0 ? outer : task.Step == 1 && hours > 1 ? inner : []);
                core.Commands.Clear();
            }

            if (!core.Finished) throw new InvalidOperationException("The run did not end.");
        }

        return Task.CompletedTask;
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
        var (_, status) = await FlowRunner.RunAsync(new RunRequest { Flow = Definitions.Of<WideFlow>(), Store = store, Parameters = [tasks] }, new NoticeObserver(static _ => { }), default, default);
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
