using System.Diagnostics;

namespace Engines.Tests.Conformance;

/// <summary>This machine: a driver that has left its terminal, and runs the steps itself.</summary>
public class LocalConformance : EngineConformance
{
    protected override IReadOnlyList<string> Options => ["--engine", "local"];

    protected override bool SendsSteps => false;

    /// <summary>Nobody starts it again but people.</summary>
    protected override async Task KillDriverAsync(string run)
    {
        foreach (var process in Process.GetProcessesByName("dotnet"))
        {
            string arguments;
            try
            {
                arguments = await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline");
            }
            catch (IOException)
            {
                // One of another test, which has ended since.
                continue;
            }

            if (!arguments.Contains($"drive\0{run}\0", StringComparison.Ordinal)) continue;
            process.Kill();
            await process.WaitForExitAsync();
        }

        await DriveAsync(run);
    }

    protected override Task KillWorkersAsync(string run) => Task.CompletedTask;
}
