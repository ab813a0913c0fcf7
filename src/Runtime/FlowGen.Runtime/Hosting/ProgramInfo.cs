using System.Collections.Immutable;

namespace FlowGen.Hosting;

/// <summary>What the build recorded about the program, as AppContext data: so it is there with the JIT, in a single file and in native code alike.</summary>
internal static class ProgramInfo
{
    /// <summary>Resolved packages with code in the program, name to version.</summary>
    public static ImmutableSortedDictionary<string, string> Packages { get; } = Parse(AppContext.GetData("FlowGen.Packages") as string);

    /// <summary>Version of the SDK that built it, if the build said so.</summary>
    public static string? Sdk => AppContext.GetData("FlowGen.Sdk") as string;

    /// <summary>The commit that a published program was built from, if the build knew it.</summary>
    public static string? Commit => AppContext.GetData("FlowGen.Commit") as string;

    private static ImmutableSortedDictionary<string, string> Parse(string? packages)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in (packages ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (package.IndexOf('/') is > 0 and var slash)
                result[package[..slash]] = package[(slash + 1)..];
        return result.ToImmutable();
    }
}
