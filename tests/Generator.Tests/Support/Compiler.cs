using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using FlowGen;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Generator.Tests.Support;

/// <summary>Compiles programs with the generator, as the command-line compiler does.</summary>
internal static class Compiler
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FlowGen;
        global using Microsoft.Extensions.Logging;
        """;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        .. new[] { typeof(IFlow<>), typeof(MessagePack.MessagePackWriter), typeof(Microsoft.Extensions.Logging.ILogger), typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection), typeof(System.Numerics.Tensors.Tensor) }
            .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    public static CSharpCompilation Compilation(params string[] sources) => Compilation(sources, NullableContextOptions.Enable);

    public static CSharpCompilation Compilation(string[] sources, NullableContextOptions nullable = NullableContextOptions.Enable) => CSharpCompilation.Create(
        "Program",
        sources.Prepend(GlobalUsings).Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{i}.cs")),
        References,
        new CSharpCompilationOptions(
            sources.Any(source => source.Contains("await FlowApp", StringComparison.Ordinal)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: nullable, optimizationLevel: OptimizationLevel.Release,
            // What the SDK silences too: libraries built against older versions of the framework.
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

    /// <param name="track">Whether steps are recorded.</param>
    /// <param name="isBuild">Whether to do what only builds ask for and editors do not.</param>
    public static CSharpGeneratorDriver Driver(bool track = false, bool isBuild = true) => CSharpGeneratorDriver.Create(
        [new FlowGenerator().AsSourceGenerator()], parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(isBuild ? IncrementalGeneratorOutputKind.None : IncrementalGeneratorOutputKind.Implementation, trackIncrementalGeneratorSteps: track));

    public static Compiled Compile(params string[] sources) => Compile(Compilation(sources));

    public static Compiled Compile(CSharpCompilation compilation)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported, TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new Compiled(Watched((CSharpCompilation)output, result), reported, [.. result.GeneratedSources]);
    }

    /// <summary>Users never see a warning in generated code; the tests see all but those that the user's own types cause.</summary>
    private static CSharpCompilation Watched(CSharpCompilation output, GeneratorRunResult result) => result.GeneratedSources.Aggregate(output, static (compilation, source) =>
    {
        var text = source.SourceText.ToString().Replace("#pragma warning disable\n", "#pragma warning disable CS0612, CS0618, CS1591\n", StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(source.SyntaxTree, CSharpSyntaxTree.ParseText(text, ParseOptions, source.SyntaxTree.FilePath));
    });

    /// <summary>What the analyzers of the generator's assembly find.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        var analyzers = typeof(FlowGenerator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!).ToImmutableArray();
        return analyzers.IsEmpty ? [] : await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>A program after the generator ran.</summary>
internal sealed record Compiled(CSharpCompilation Output, ImmutableArray<Diagnostic> Reported, ImmutableArray<GeneratedSourceResult> Sources)
{
    /// <summary>What the generator reported, and the errors and warnings of the compiler itself.</summary>
    public IEnumerable<Diagnostic> All => Reported.Concat(CompilerDiagnostics);

    public IEnumerable<Diagnostic> CompilerDiagnostics => Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning);

    public string Source(string name) => Sources.Single(source => source.HintName == name).SourceText.ToString();

    /// <summary>Asserts that nothing at all is wrong.</summary>
    public Compiled AssertClean()
    {
        if (All.Any()) Assert.Fail(string.Join("\n", All.Select(d => d.ToString())));
        return this;
    }
}
