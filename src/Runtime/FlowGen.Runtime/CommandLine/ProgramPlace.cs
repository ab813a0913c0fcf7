namespace FlowGen.CommandLine;

/// <summary>Where this program comes from and how people start it.</summary>
internal static class ProgramPlace
{
    /// <summary>Directory of the project or single file that this program was built from, as the build recorded it; <c>null</c> for a published program, or if it is not on this machine.</summary>
    public static string? ProjectDirectory()
    {
        foreach (var key in (ReadOnlySpan<string>)["FlowGen.ProjectDirectory", "EntryPointFileDirectoryPath"])
        {
            if (AppContext.GetData(key) is string recorded && Directory.Exists(recorded)) return Path.TrimEndingDirectorySeparator(recorded);
        }

        return null;
    }

    /// <summary>Whether the program is a single source file.</summary>
    public static bool IsSingleFile => AppContext.GetData("EntryPointFilePath") is string;

    /// <summary>What to type in the current directory to start this program again.</summary>
    public static string Invocation(string currentDirectory, string? projectDirectory)
    {
        if (AppContext.GetData("EntryPointFilePath") is string file) return "dotnet " + Quote(Path.GetRelativePath(currentDirectory, file)) + " --";
        if (projectDirectory is null) return Quote(ProcessName());
        return projectDirectory == currentDirectory ? "dotnet run --" : $"dotnet run --project {Quote(Shorter(currentDirectory, projectDirectory))} --";
    }

    private static string Shorter(string from, string path) =>
        Path.GetRelativePath(from, path) is var relative && relative.Length < path.Length ? relative : path;

    private static string ProcessName() => Environment.GetCommandLineArgs()[0];

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
