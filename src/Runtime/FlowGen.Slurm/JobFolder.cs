using System.Text;
using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>What jobs of Slurm need in a folder that all machines see: what they print, and their secrets until they have read them.</summary>
internal sealed class JobFolder(string root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Most of what <see cref="ReadConsole"/> gives, in bytes.</summary>
    private const int ConsoleTail = 8 * 1024;

    public string Of(string run) => Path.Combine(root, run);

    public string Console(string run, string name) => Path.Combine(root, run, name + ".log");

    public string Secrets(string run, string name) => Path.Combine(root, run, "." + name + ".env");

    /// <exception cref="FlowException">It cannot be made.</exception>
    public void Make(string run)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Of(run));
            else Directory.CreateDirectory(Of(run), OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SlurmErrors.Folder(Of(run), e);
        }
    }

    /// <summary>Leaves the secrets of a job that are set for its script, readable by nobody else. Whether one that is not set is missed the program knows.</summary>
    /// <returns>The file; <c>null</c> if there is nothing to leave.</returns>
    public string? WriteSecrets(JobRequest job)
    {
        var values = job.Secrets.Select(static name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)!)).Where(static pair => pair.Value is not null).ToList();
        if (values.Count == 0) return null;
        try
        {
            var path = Secrets(job.Run, job.Name);
            File.Delete(path);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(JobScript.Exports(values)));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SlurmErrors.Folder(Of(job.Run), e);
        }
    }

    /// <summary>Removes what nobody needs: the secrets, and the console of a job that printed nothing.</summary>
    public void Forget(string run, string name)
    {
        try
        {
            File.Delete(Secrets(run, name));
            var console = new FileInfo(Console(run, name));
            if (console is { Exists: true, Length: 0 }) console.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left behind: a few bytes in a folder of the user's own.
        }
    }

    /// <summary>The end of what a job printed; <c>null</c> if there is nothing.</summary>
    public string? ReadConsole(string run, string name)
    {
        try
        {
            using var file = new FileStream(Console(run, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var cut = file.Length > ConsoleTail;
            if (cut) file.Seek(-ConsoleTail, SeekOrigin.End);
            using var reader = new StreamReader(file);
            if (cut) reader.ReadLine();
            return reader.ReadToEnd() is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
