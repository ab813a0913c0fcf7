using System.Diagnostics;

namespace Engines.Tests.Conformance;

/// <summary>Processes of this machine, on which the clusters of the tests have all their machines.</summary>
internal static class Processes
{
    /// <summary>Ends those at once whose arguments have these words one after the other.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> KillAsync(params string[] words)
    {
        var killed = 0;
        foreach (var process in Process.GetProcesses().Where(process => process.ProcessName is "dotnet" or "EndToEnd.Flows" or "Bootstrap"))
        {
            using (process)
            {
                try
                {
                    var arguments = await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline");
                    if (!arguments.Contains('\0' + string.Join('\0', words) + '\0', StringComparison.Ordinal)) continue;
                    process.Kill();
                    killed++;
                }
                catch (Exception e) when (e is IOException or InvalidOperationException)
                {
                    // It has ended meanwhile.
                }
            }
        }
        return killed;
    }
}
