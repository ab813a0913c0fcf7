using System.Runtime.CompilerServices;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Generator.Tests.Support;

/// <summary>Compares a text with the file of that name in Snapshots/. To accept what is there now, run the tests with <c>FLOWGEN_ACCEPT=1</c>.</summary>
internal static class Snapshot
{
    public static void Match(string actual, string name) => MatchFile(actual, "Snapshots/" + name);

    /// <summary>The same for any file, by its path from the folder of these tests.</summary>
    public static void MatchFile(string actual, string name, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(caller))!, name);
        var accepts = Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null or "";
        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (actual == expected) return;
        if (accepts) File.WriteAllText(file, actual);
        else Assert.Fail($"{name} is not what it was. If the change is wanted, run the tests with FLOWGEN_ACCEPT=1.\n{Diff(expected, actual)}");
    }

    private static string Diff(string expected, string actual) => string.Join("\n", InlineDiffBuilder.Diff(expected, actual).Lines
        .Where(line => line.Type != ChangeType.Unchanged)
        .Select(line => (line.Type == ChangeType.Inserted ? "+ " : "- ") + line.Text));
}
