using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Generator.Analyzers;

/// <summary>
/// What the analyzers find, told by the generator where the graphs have errors: the compiler stops at errors that cannot be silenced before it runs analyzers, so each mistake is told in the same
/// build and by one of the two only.
/// </summary>
internal static class UsageFindings
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [new MisplacedAttributeAnalyzer(), new StepUsageAnalyzer()];

    /// <summary>Finds them in source order; what the project silences is left out.</summary>
    public static IEnumerable<Diagnostic> In(Compilation compilation, CancellationToken cancel)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        // Outputs cannot wait for anything; the compiler itself is what runs here.
        var found = new CompilationWithAnalyzers(compilation, s_analyzers, options).GetAnalyzerDiagnosticsAsync(cancel).GetAwaiter().GetResult();
        return found
            .OrderBy(finding => finding.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(finding => finding.Location.SourceSpan.Start)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal);
    }
}
