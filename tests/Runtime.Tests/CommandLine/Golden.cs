using System.Runtime.CompilerServices;

namespace Runtime.Tests.CommandLine;

/// <summary>Compares output with a file next to the tests. With FLOWGEN_ACCEPT=1 (never in CI) the file is written instead.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null) File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
