namespace Package.Tests.Infrastructure;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The configuration under test: the one these tests were built in.</summary>
    public const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    // Not by the path of this source file: deterministic builds replace it.
    private static string Find(string folder) => File.Exists(Path.Combine(folder, "FlowGen.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
