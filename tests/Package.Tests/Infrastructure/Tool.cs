using System.Diagnostics;

namespace Package.Tests.Infrastructure;

/// <summary>Runs programs as a person would in a terminal.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Starts a program. What a test host leaves in the environment for its own build does not reach it.</summary>
    public static Process Start(string program, string folder, IEnumerable<string> arguments, string? store = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || key.StartsWith("FLOWGEN", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (store is not null) start.Environment["FLOWGEN_DATASTORE"] = store;
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ToolResult> RunAsync(string program, string folder, IEnumerable<string> arguments, string? store = null)
    {
        using var process = Start(program, folder, arguments, store);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timer.CancelAfter(s_patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(timer.Token), process.StandardError.ReadToEndAsync(timer.Token));
            await process.WaitForExitAsync(timer.Token);
            return new ToolResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    public static Task<ToolResult> DotnetAsync(string folder, params string[] arguments) => RunAsync("dotnet", folder, arguments);
}
