using Microsoft.CodeAnalysis;

namespace Generator.Tests.Support;

/// <summary>Asserts what is told about a program: each message word for word, and nothing from the compiler beside it.</summary>
internal static class Telling
{
    /// <param name="members">Members of a flow <c>F</c>.</param>
    /// <param name="expected">Ids and messages, in any order.</param>
    public static Task AssertMembersAsync(string members, params string[] expected) => AssertAsync($"[Flow] public partial class F {{ {members} }}", expected);

    public static async Task AssertAsync(string source, params string[] expected)
    {
        var compiled = Compiler.Compile(source);
        var found = compiled.Reported.Concat(await Compiler.AnalyzeAsync(compiled.Output)).Select(d => $"{d.Id} {d.GetMessage()}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Empty(compiled.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
    }
}
