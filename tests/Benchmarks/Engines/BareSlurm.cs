using System.Globalization;
using FlowGen.Slurm;

namespace Benchmarks.Engines;

/// <summary>The Slurm that <c>build/engines/slurm/up.sh</c> starts: jobs are an array.</summary>
/// <param name="folder">That all machines see.</param>
/// <param name="program">What jobs start.</param>
internal sealed class BareSlurm(string folder, string program) : BareEngine
{
    private readonly SlurmCommands _commands = new(TimeProvider.System);

    public override string Name => "slurm";

    public override string Jobs => "an array of sbatch";

    public override string Store => Path.Combine(folder, "slurm");

    public override IReadOnlyList<string> Options => ["--worker", program, "--set", "partition=workers", "--set", "driver-partition=drivers"];

    public override async Task RunAsync(int jobs, TimeSpan each)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\nexec sleep {each.TotalSeconds:0.000}\n");
        var id = (await _commands.RunAsync("sbatch", ["--parsable", "--partition=workers", "--output=/dev/null", $"--array=1-{jobs}"], script, default)).Trim();
        while ((await _commands.RunAsync("squeue", ["--noheader", "--jobs=" + id, "--states=pending,running,completing", "--format=%i"], null, default)).Trim().Length > 0) await Task.Delay(Pause);
    }
}
