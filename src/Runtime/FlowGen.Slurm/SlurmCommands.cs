using System.ComponentModel;
using System.Diagnostics;
using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>Runs Slurm's own commands. No shell takes part: each word is an argument.</summary>
/// <param name="time">The clock.</param>
/// <param name="configuration">Path of the configuration of the cluster; <c>null</c> for the one that the commands find.</param>
internal sealed class SlurmCommands(TimeProvider time, string? configuration = null)
{
    /// <summary>Slurm's commands give up by themselves after 10 s to some minutes; this one counts if they do not.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="EngineUnavailableException">Slurm does not answer.</exception>
    /// <exception cref="FlowException">There is no such command, or Slurm refuses.</exception>
    public async ValueTask<string> RunAsync(string command, IEnumerable<string> arguments, string? input, CancellationToken cancel)
    {
        var (code, said, wrong) = await AskAsync(command, arguments, input, cancel).ConfigureAwait(false);
        return code == 0 ? said : throw SlurmErrors.Of(command, code, wrong);
    }

    /// <summary>Runs a command to its end, whatever that is.</summary>
    /// <exception cref="EngineUnavailableException">It does not end.</exception>
    /// <exception cref="FlowException">There is no such command.</exception>
    public async ValueTask<(int ExitCode, string Out, string Error)> AskAsync(string command, IEnumerable<string> arguments, string? input, CancellationToken cancel)
    {
        var info = new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // What describes the job that this process is in would otherwise describe the new one too.
        foreach (var name in info.Environment.Keys.Where(static name => name.StartsWith("SLURM_", StringComparison.Ordinal) && name != "SLURM_CONF").ToList()) info.Environment.Remove(name);
        // Messages are read, so they are to be in the language they are known in.
        info.Environment["LC_ALL"] = "C";
        if (configuration is not null) info.Environment["SLURM_CONF"] = configuration;
        using var process = Start(info);
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(both.Token);
            var error = process.StandardError.ReadToEndAsync(both.Token);
            try
            {
                await process.StandardInput.WriteAsync((input ?? "").AsMemory(), both.Token).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading; what it says tells why.
            }
            var (said, wrong) = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return (process.ExitCode, said, wrong);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new EngineUnavailableException($"Slurm does not answer: {command} has not ended within {Limit.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw SlurmErrors.Missing(info.FileName, e);
        }
    }
}
