namespace FlowGen.Slurm.Schedules;

/// <summary>Scripts that lines of <c>scrontab</c> start. Only their owner sees them: arguments may say more than others should know.</summary>
internal static class ScriptFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What a script holds; empty if it is not there.</summary>
    public static string Read(string? path)
    {
        try
        {
            return path is null ? "" : File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Replaces a script at one moment: the clock may start it while it is written.</summary>
    public static void Write(string path, string text)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            using (var writer = new StreamWriter(path + ".new", options)) writer.Write(text);
#pragma warning disable RS0030 // A script is no object of a store: it is there to be replaced, and with overwrite that is one rename.
            File.Move(path + ".new", path, overwrite: true);
#pragma warning restore RS0030
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SlurmErrors.Folder(folder, e);
        }
    }

    public static void Delete(string? path)
    {
        try
        {
            if (path is not null) File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left behind: nothing starts it any more.
        }
    }
}
