using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Usage;

/// <summary>Asks the usage rules about members of one flow.</summary>
internal static class Usage
{
    /// <summary>What is told of a flow with these members, each as <c>id token: message</c>.</summary>
    public static async Task<string[]> ToldAsync(string members, string beside = "")
    {
        var compiled = Compiler.Compile($"[Flow] public partial class F\n{{\n{members}\n}}\n{beside}");
        Assert.Empty(compiled.All.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        return [.. (await Compiler.AnalyzeAsync(compiled.Output)).OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => $"{d.Id} {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}: {d.GetMessage()}")];
    }

    /// <summary>The ids and tokens alone.</summary>
    public static async Task<string[]> PlacesAsync(string members, string beside = "") => [.. (await ToldAsync(members, beside)).Select(told => told.Split(": ")[0])];
}
