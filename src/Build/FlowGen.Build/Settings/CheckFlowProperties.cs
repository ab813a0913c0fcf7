using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Refuses what cannot be shipped before anything is built: wrong values, properties that do not exist, projects that are no programs.</summary>
public sealed class CheckFlowProperties : FlowTask
{
    /// <summary>Properties with a choice of values: names, with the metadata <c>Value</c>.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary><c>true</c> for a program of a single file.</summary>
    public string IsSingleFile { get; set; } = "";

    /// <summary>The kind of output of the project.</summary>
    public string OutputType { get; set; } = "";

    /// <summary>The solution that is built, if one is.</summary>
    public string Solution { get; set; } = "";

    /// <summary>Where NuGet says what it restored.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>The profile of <c>flowgen.json</c>, which may name the engine.</summary>
    public string Profile { get; set; } = "";

    /// <summary>The engine: as given, else that of the profile, else <c>local</c>.</summary>
    [Output]
    public string Engine { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var name = Path.GetFileNameWithoutExtension(Project);
        if (Solution.Length > 0 && Solution != "*Undefined*")
            throw new BuildException("FG0908", $"flows are shipped from their projects, not from a whole solution: dotnet build {Quote(Path.GetRelativePath(Path.GetDirectoryName(Solution)!, Project))} -t:...");
        if (IsSingleFile.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            var file = Path.ChangeExtension(name, ".cs");
            throw new BuildException("FG0908", $"a program of a single file cannot be shipped by a target; 'dotnet publish {file}' makes a native worker of it, and 'dotnet project convert {file}' a project");
        }

        if (!OutputType.EndsWith("Exe", StringComparison.OrdinalIgnoreCase))
            throw new BuildException("FG0908", $"{name} is a library; flows are shipped from the program that runs them, which calls FlowApp.RunAsync");
        if (!File.Exists(AssetsFile)) throw new BuildException("FG0908", $"{name} has not been restored; run 'dotnet restore', or build without --no-restore");

        var engine = FlowProperty.All.First(known => known.Name == "FlowEngine");
        if (Engine.Length == 0 && EngineProfiles.EngineOf(Profile, Path.GetDirectoryName(Project)!) is { } named)
        {
            if (engine.Check(named) is not null) throw new BuildException("FG0902", $"flowgen.json names the engine '{named}', for which this build makes nothing; it may be {string.Join(", ", engine.Choices[..^1])} or {engine.Choices[^1]}");
            Engine = named;
        }

        Engine = Engine.Length > 0 ? Engine.ToLowerInvariant() : engine.Choices[0];
        foreach (var property in Properties)
            if (FlowProperty.All.First(known => known.Name == property.ItemSpec).Check(property.GetMetadata("Value")) is { } mistake) LogMistake("FG0902", mistake);
        if (BuildEngine is not IBuildEngine6 build) return;
        foreach (var given in build.GetGlobalProperties().Keys.Order(StringComparer.Ordinal))
            if (FlowProperty.CheckName(given) is { } mistake) LogMistake("FG0903", mistake);
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
