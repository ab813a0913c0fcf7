namespace FlowGen.CommandLine;

/// <summary>Finds the datastore when nobody names one.</summary>
internal static class StoreLocation
{
    /// <summary>
    /// The place given; else that of the profile that is named; else <c>FLOWGEN_DATASTORE</c>; else that of the default profile of <c>flowgen.json</c>; else <c>.flowgen</c> in the <see cref="Root"/>. What is
    /// typed comes before what is set, and that before what is checked in.
    /// </summary>
    public static string Find(string? given, Func<string, string?> variable, string currentDirectory, string? projectDirectory, bool isSingleFile, string? profile = null)
    {
        if (!string.IsNullOrEmpty(given)) return Resolve(given, currentDirectory);
        if (profile is not null && EngineProfile.Find(profile, currentDirectory)?.StorePlace is { } named) return named;
        if (variable("FLOWGEN_DATASTORE") is { Length: > 0 } recorded) return Resolve(recorded, currentDirectory);
        if (profile is null && EngineProfile.Find(null, currentDirectory)?.StorePlace is { } standard) return standard;
        var root = isSingleFile ? currentDirectory : Root(currentDirectory) ?? (projectDirectory is null ? null : Root(projectDirectory)) ?? currentDirectory;
        return Path.Combine(root, ".flowgen");
    }

    /// <summary>The place given, or what this process finds.</summary>
    public static string OfProcess(string? given) =>
        Find(given, Environment.GetEnvironmentVariable, Environment.CurrentDirectory, ProgramPlace.ProjectDirectory(), ProgramPlace.IsSingleFile);

    /// <summary>Walking up, but not out of the Git repository: the nearest directory with a solution, else the nearest with a project, else the repository's root.</summary>
    private static string? Root(string start)
    {
        string? project = null;
        for (var directory = new DirectoryInfo(start); directory is { Exists: true }; directory = directory.Parent)
        {
            if (Has(directory, "*.sln") || Has(directory, "*.slnx")) return directory.FullName;
            if (project is null && Has(directory, "*.*proj")) project = directory.FullName;
            if (Path.Exists(Path.Combine(directory.FullName, ".git"))) return project ?? directory.FullName;
        }

        return project;
    }

    private static bool Has(DirectoryInfo directory, string pattern)
    {
        try
        {
            return directory.EnumerateFiles(pattern).Any();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Resolve(string place, string currentDirectory) =>
        place.Contains("://", StringComparison.Ordinal) ? place : Path.GetFullPath(place, currentDirectory);
}
