using System.Collections.Immutable;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Rules;

/// <summary>A silenced error would leave a stub that builds; a warning is the user's to silence.</summary>
public class SilencingTests
{
    [Theory, MemberData(nameof(RulePage.ViolableIds), MemberType = typeof(RulePage))]
    public async Task Pragma_OverEachRule_SilencesWarningsOnly(string id) =>
        await AssertSilencesWarningsOnly(id, Compiler.Compilation($"#pragma warning disable {id}\n{RulePage.Read(id).Violation}"));

    [Theory, MemberData(nameof(RulePage.ViolableIds), MemberType = typeof(RulePage))]
    public async Task NoWarn_OfEachRule_SilencesWarningsOnly(string id)
    {
        var compilation = Compiler.Compilation(RulePage.Read(id).Violation!);
        var options = compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.Add(id, ReportDiagnostic.Suppress));
        await AssertSilencesWarningsOnly(id, compilation.WithOptions(options));
    }

    [Theory, MemberData(nameof(RulePage.ViolableIds), MemberType = typeof(RulePage))]
    public async Task EditorConfig_OfEachRule_SilencesWarningsOnly(string id)
    {
        var compilation = Compiler.Compilation(RulePage.Read(id).Violation!);
        await AssertSilencesWarningsOnly(id, compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new EditorConfig($"root = true\n[*.cs]\ndotnet_diagnostic.{id}.severity = none\n"))));
    }

    private static async Task AssertSilencesWarningsOnly(string id, CSharpCompilation compilation)
    {
        var compiled = Compiler.Compile(compilation);
        ImmutableArray<Diagnostic> found = [.. compiled.Reported, .. await Compiler.AnalyzeAsync(compiled.Output)];
        var isError = RulePage.Descriptors[id].DefaultSeverity == DiagnosticSeverity.Error;
        Assert.Equal(isError, found.Any(d => d.Id == id && d.Severity == DiagnosticSeverity.Error && !d.IsSuppressed));
    }

    /// <summary>What the compiler makes of an <c>.editorconfig</c> beside the sources.</summary>
    private sealed class EditorConfig(string text) : SyntaxTreeOptionsProvider
    {
        private readonly AnalyzerConfigSet _configs = AnalyzerConfigSet.Create(new[] { AnalyzerConfig.Parse(text, "/.editorconfig") });

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _configs.GetOptionsForSourcePath("/" + tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }
}
