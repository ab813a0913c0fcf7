using Benchmarks;
using Benchmarks.Engines;
using Benchmarks.Measuring;

if (args is [LongRunBenchmark.Child, var what, var count, var folder])
{
    await LongRunBenchmark.RunChildAsync(what, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), folder);
    return 0;
}

var settings = Settings.Parse(args);
if (settings is null) return 2;

Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; medians of {settings.Rounds} rounds, every row measured in turn with its baseline.");
var table = new Table();
foreach (var (name, run) in new (string, Func<Settings, Table, Task>)[]
{
    ("scheduler", SchedulerBenchmark.RunAsync),
    ("long", LongRunBenchmark.RunAsync),
    ("start", StartBenchmark.RunAsync),
    ("blobs", BlobBenchmark.RunAsync),
    ("artifacts", ArtifactBenchmark.RunAsync),
    ("tables", TableBenchmark.RunAsync),
    ("s3", S3Benchmark.RunAsync),
    ("engines", EngineBenchmark.RunAsync),
    ("generator", GeneratorBenchmark.RunAsync),
})
{
    if (settings.Only is null || settings.Only == name) await run(settings, table);
}
table.Print(Console.Out);
return table.Failed ? 1 : 0;
