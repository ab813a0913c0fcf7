using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Lists the code outside a project for the generator: see <see cref="DependencyList"/>. Writes the list only if it is not what it was, so that nothing is compiled again for it.</summary>
public sealed class ListDependencies : Microsoft.Build.Utilities.Task
{
    /// <summary>The assemblies that the project is compiled with, as they run: not reference assemblies.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Files of packages that the program runs with.</summary>
    public ITaskItem[] PackageFiles { get; set; } = [];

    /// <summary>The list.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var list = new DependencyList();
        foreach (var reference in References)
        {
            if (reference.GetMetadata("FrameworkReferenceName").Length > 0) continue;
            if (reference.GetMetadata("ReferenceSourceTarget") == "ProjectReference") AddProject(list, reference.ItemSpec);
            else if (reference.GetMetadata("NuGetPackageId") is { Length: > 0 } package) list.AddPackage(reference.ItemSpec, package, reference.GetMetadata("NuGetPackageVersion"));
            else list.AddFile(reference.ItemSpec);
        }

        foreach (var file in PackageFiles)
            if (file.GetMetadata("NuGetPackageId") is { Length: > 0 } package) list.AddPackage(file.ItemSpec, package, file.GetMetadata("NuGetPackageVersion"));
        Write(list.ToString());
        return !Log.HasLoggedErrors;
    }

    private void AddProject(DependencyList list, string assembly)
    {
        if (SourceChecksums.Of(assembly) is { } checksum) list.AddProject(assembly, checksum);
        else
        {
            Log.LogMessage(MessageImportance.Normal, $"{assembly} has no portable PDB, so the file itself stands for its sources: it differs between Debug and Release, and results are reused less.");
            list.AddFile(assembly);
        }
    }

    private void Write(string text)
    {
        if (File.Exists(Output) && File.ReadAllText(Output) == text) return;
        if (Path.GetDirectoryName(Output) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(Output, text);
    }
}
