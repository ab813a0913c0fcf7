using System.Diagnostics;

namespace FlowGen.Executing.Starting;

/// <summary>The commit that the project's working tree is at, as far as it can be known.</summary>
/// <param name="Commit">Hash of the commit, or <c>null</c>: no repository, no commit yet, no <c>git</c>, or it took too long.</param>
/// <param name="IsDirty">Whether tracked files are changed or files are untracked; <c>null</c> if unknown.</param>
internal sealed record GitState(string? Commit, bool? IsDirty)
{
    /// <summary>Nothing is known.</summary>
    public static readonly GitState Unknown = new(null, null);

    /// <summary>A run does not wait longer than this to know its commit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks <c>git</c>, once, and never fails.</summary>
    /// <param name="directory">A directory of the project; where it is in no repository, nothing is started.</param>
    public static Task<GitState> ReadAsync(string directory) => Task.Run(() => AskAsync(directory));

    private static async Task<GitState> AskAsync(string directory)
    {
        if (!IsInRepository(directory)) return Unknown;
        var start = new ProcessStartInfo("git", ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "--untracked-files=normal"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            CreateNoWindow = true,
        };
        try
        {
            using var process = Process.Start(start);
            if (process is null) return Unknown;
            process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(Patience);
            try
            {
                var output = await process.StandardOutput.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
                return process.ExitCode == 0 ? Parse(output) : Unknown;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return Unknown;
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return Unknown;
        }
    }

    internal static GitState Parse(string porcelain)
    {
        const string oid = "# branch.oid ";
        string? commit = null;
        var dirty = false;
        foreach (var line in porcelain.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(oid, StringComparison.Ordinal)) commit = line[oid.Length..].Trim();
            else dirty |= !line.StartsWith('#');
        }

        return commit is null or "(initial)" ? new GitState(null, dirty) : new GitState(commit, dirty);
    }

    private static bool IsInRepository(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            // A file in work trees and submodules.
            if (Path.Exists(Path.Combine(folder.FullName, ".git"))) return true;
        }

        return false;
    }
}
