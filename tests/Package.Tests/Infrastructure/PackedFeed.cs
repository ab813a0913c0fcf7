using Package.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace Package.Tests.Infrastructure;

/// <summary>The packages as people get them: packed once into a local feed, under a version that no cache has seen, with a package folder of its own.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>What is packed, after what it depends on.</summary>
    private static readonly string[] Projects = ["src/Build/FlowGen", "src/Runtime/FlowGen.Testing", "src/Runtime/FlowGen.ML", "src/Runtime/FlowGen.S3", "src/Runtime/FlowGen.Kubernetes", "src/Runtime/FlowGen.Slurm", "src/Runtime/FlowGen.Argo"];

    /// <summary>Outside of the repository, so that none of its build files reach the projects in it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("flowgen-package-").FullName;

    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    public string PackageFile => PackageFileOf("FlowGen");

    public string PackageFileOf(string package) => Path.Combine(Folder, "feed", $"{package}.{Version}.nupkg");

    /// <summary>Makes a folder for a project that restores from the feed.</summary>
    public string NewFolder(string name)
    {
        var folder = Path.Combine(Folder, name);
        Assert.False(Directory.Exists(folder), $"Two tests use the folder {name}; give each a name of its own.");
        return Directory.CreateDirectory(folder).FullName;
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var project in Projects)
            (await Tool.DotnetAsync(Repository.Root, "pack", Repository.PathOf(project), "-c", Repository.Configuration, "--no-build", "-o", Path.Combine(Folder, "feed"), $"-p:PackageVersion={Version}", "-v", "q")).MustSucceed();
        // FlowGen's cache is cold; what else is needed may come from the user's own folder, if it is there, to spare the downloads.
        var warm = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders>{(Directory.Exists(warm) ? $"<add key=\"warm\" value=\"{warm}\" />" : "")}</fallbackPackageFolders>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
