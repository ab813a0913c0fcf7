using System.Diagnostics;
using System.Globalization;
using Benchmarks.Measuring;
using FlowGen.Runs;

namespace Benchmarks.Engines;

/// <summary>
/// What it costs to send steps away, against the engine itself doing as much: until the first step runs, a wide foreach of short tasks, and the driver's own work. Needs the clusters of <c>build/engines</c>;
/// all of their machines are this one, so what is compared is what lies between tasks, not how many run at once.
/// </summary>
internal static class EngineBenchmark
{
    private const int Milliseconds = 10;

    /// <summary>Work of a job in seconds: short, for else a few jobs would do all of it.</summary>
    private const string SliceSeconds = "slice-seconds=2";

    public static async Task RunAsync(Settings settings, Table table)
    {
        if (settings.Programs is not { } programs) return;
        var program = Path.GetFullPath(Path.Combine(programs, "naps", "Naps"));
        var folder = Path.Combine(settings.Folder, "engines");
        if (Environment.GetEnvironmentVariable("FLOWGEN_TEST_SLURM") is { Length: > 0 }) await MeasureAsync(new BareSlurm(folder, program), program, settings, table);
        else await Console.Error.WriteLineAsync("Slurm is not measured: there is no cluster (build/engines/slurm/up.sh).");
        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 }) await MeasureAsync(await BareKubernetes.StartAsync(folder, program), program, settings, table);
        else await Console.Error.WriteLineAsync("Kubernetes is not measured: there is no cluster (build/engines/kubernetes/up.sh).");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static async Task MeasureAsync(BareEngine engine, string program, Settings settings, Table table)
    {
        await using var _ = engine;
        var naps = new NapsProgram(program, engine.Store);
        await StartAsync(engine, naps, settings, table);
        await WideAsync(engine, naps, settings, table);
        await DriverAsync(engine, naps, settings, table);
    }

    private static async Task StartAsync(BareEngine engine, NapsProgram naps, Settings settings, Table table)
    {
        var (first, bare) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            var begun = DateTimeOffset.UtcNow;
            var records = await SubmitAsync(engine, naps, 1);
            first.Add(records.OfType<TaskSucceeded>().Min(task => task.Started) - begun);
            bare.Add(await TimeAsync(() => engine.RunAsync(1, TimeSpan.Zero)));
        }

        table.Add($"{engine.Name}: from submit to the first step", Text.Milliseconds(Median(first)), $"one job that does nothing: {Text.Milliseconds(Median(bare))}", Median(first) / Median(bare));
    }

    private static async Task WideAsync(BareEngine engine, NapsProgram naps, Settings settings, Table table)
    {
        var (wide, bare, jobs) = (new List<TimeSpan>(), new List<TimeSpan>(), 0);
        for (var round = 0; round < settings.Rounds; round++)
        {
            var begun = DateTimeOffset.UtcNow;
            var records = await SubmitAsync(engine, naps, settings.EngineTasks);
            wide.Add(records.OfType<RunFinished>().Single().Finished - begun);
            jobs = records.OfType<SliceDispatched>().Count();
            bare.Add(await TimeAsync(() => engine.RunAsync(jobs, TimeSpan.FromMilliseconds((double)Milliseconds * settings.EngineTasks / jobs))));
        }

        table.Add($"{engine.Name}: {settings.EngineTasks:#,0} tasks of {Milliseconds} ms in {jobs} jobs, from submit to the end", Text.Milliseconds(Median(wide)), $"{engine.Jobs}, as many and as long: {Text.Milliseconds(Median(bare))}", Median(wide) / Median(bare));
    }

    /// <summary>Processor time, without that of starting and ending: the difference of two runs.</summary>
    private static async Task DriverAsync(BareEngine engine, NapsProgram naps, Settings settings, Table table)
    {
        var few = settings.EngineTasks / 10;
        var (sent, here) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            sent.Add(await DriveAsync("--with", engine.Name, "--set", SliceSeconds));
            here.Add(await DriveAsync());
        }

        var tasks = settings.EngineTasks - few;
        table.Add($"{engine.Name}: processor time of the driver for a task", Each(sent), $"run here, the task included: {Each(here)}", Median(sent) / Median(here));

        async Task<TimeSpan> DriveAsync(params string[] with)
        {
            string[] options = with.Length == 0 ? [] : [.. with, .. engine.Options];
            var (small, large) = (await OneAsync(few), await OneAsync(settings.EngineTasks));
            return large - small;

            async Task<TimeSpan> OneAsync(int count) => (await naps.RunAsync(["run", "--quiet", "--count", Number(count), "--milliseconds", Number(Milliseconds), .. options])).Processor;
        }

        string Each(List<TimeSpan> times) => $"{(Median(times) / tasks).TotalMicroseconds:0} us";
    }

    private static async Task<List<RunRecord>> SubmitAsync(BareEngine engine, NapsProgram naps, int tasks)
    {
        var (run, _) = await naps.RunAsync(["submit", "--quiet", "--engine", engine.Name, "--count", Number(tasks), "--milliseconds", Number(Milliseconds), "--set", SliceSeconds, .. engine.Options]);
        await naps.RunAsync("logs", run, "--follow");
        return await naps.RecordsAsync(run);
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> body)
    {
        var start = Stopwatch.GetTimestamp();
        await body();
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
