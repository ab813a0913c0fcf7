using System.Reflection;
using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>
/// The source that this program was built from. The build embeds it as resources named <c>FlowGen.Source/path</c> into each assembly that it makes (FlowGen.Snapshot.targets): the compiler writes
/// them when it reads them to compile, so they are the code that runs, wherever the program was copied to.
/// </summary>
internal static class ProgramSources
{
    private const string Prefix = "FlowGen.Source/";

    /// <summary>The encoded source; <c>null</c> if the program holds none, or too much.</summary>
    public static StoredSource? Read() => Find()?.Encode() is { Length: <= SourceSnapshot.MaxSize } encoded ? new StoredSource(new SnapshotPlace(Hash256.Of(encoded), encoded.Length), encoded) : null;

    /// <summary>The source; <c>null</c> if the program holds none, or too much.</summary>
    public static SourceSnapshot? Find()
    {
        var files = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        long size = 0;
        foreach (var assembly in Assemblies())
        {
            foreach (var name in assembly.GetManifestResourceNames())
            {
                if (!name.StartsWith(Prefix, StringComparison.Ordinal) || SourcePath.WhyNot(name[Prefix.Length..]) is not null) continue;
                using var resource = assembly.GetManifestResourceStream(name)!;
                if ((size += resource.Length + name.Length) > SourceSnapshot.MaxSize) return null;
                var content = new byte[resource.Length];
                resource.ReadExactly(content);
                files[name[Prefix.Length..]] = new SourceFile(name[Prefix.Length..], content);
            }
        }

        return files.Count == 0 || SourcePath.Clash(files.Keys) is not null ? null : SourceSnapshot.Of(files.Values);
    }

    /// <summary>The main assembly and those of the projects that it references.</summary>
    private static IEnumerable<Assembly> Assemblies()
    {
        if (Assembly.GetEntryAssembly() is { } main) yield return main;
        foreach (var name in (AppContext.GetData("FlowGen.SourceAssemblies") as string ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            Assembly referenced;
            try
            {
                referenced = Assembly.Load(new AssemblyName(name));
            }
            catch (Exception e) when (e is IOException or BadImageFormatException)
            {
                // Nothing of it was used, so it was left out of the program.
                continue;
            }

            yield return referenced;
        }
    }
}

/// <summary>Source as it is stored.</summary>
/// <param name="Place">Where it goes.</param>
/// <param name="Content">Its encoding.</param>
internal sealed record StoredSource(SnapshotPlace Place, byte[] Content);
