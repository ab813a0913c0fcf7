using System.IO.Compression;
using System.Runtime.CompilerServices;
using Runtime.Tests.CommandLine;
using Storage.Tests;

namespace Resilience.Tests;

/// <summary>Stores that earlier versions of the format wrote, kept as they were. <c>record.sh</c> makes one.</summary>
internal static class GoldenStore
{
    public static readonly string[] Versions = ["v1", "v2", "v3"];

    /// <summary>A program that knows none of the flows in these stores.</summary>
    public static TestTerminal Terminal { get; } = new(SampleFlow.Definition, OtherFlow.Definition);

    public static string Folder { get; } = Here();

    public static TemporaryFolder Extract(string version)
    {
        var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(Path.Combine(Folder, version + ".zip"), folder.Path);
        return folder;
    }

    /// <summary>Every file with its time and content: what must not change when a store is only read.</summary>
    public static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O} {new FileInfo(file).Length}")];

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
