using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>What the documentation shows is true.</summary>
public sealed partial class DocumentationTests
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static IEnumerable<TheoryDataRow<string, int>> Snippets() =>
        from page in Pages()
        from number in Enumerable.Range(0, CSharp().Count(File.ReadAllText(page)))
        select new TheoryDataRow<string, int>(Path.GetRelativePath(Repository.Root, page), number);

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Compile_Snippet_HasNoErrors(string page, int number)
    {
        var snippet = CSharp().Matches(File.ReadAllText(Repository.PathOf(page)))[number].Groups[1].Value;
        var (options, cancel) = (new CSharpParseOptions(LanguageVersion.Preview), TestContext.Current.CancellationToken);
        var kind = snippet.Contains("return await ", StringComparison.Ordinal) && (snippet.Contains("FlowApp.", StringComparison.Ordinal) || snippet.Contains("FlowCatalog.", StringComparison.Ordinal)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = CSharpCompilation.Create("Snippet",
            [CSharpSyntaxTree.ParseText(snippet, options, page, cancellationToken: cancel), CSharpSyntaxTree.ParseText(GlobalUsings, options, cancellationToken: cancel)],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(FlowGen.FlowApp).Assembly.Location), MetadataReference.CreateFromFile(typeof(FlowGen.Testing.FlowTest).Assembly.Location), MetadataReference.CreateFromFile(typeof(FlowGen.ML.TrainedModel).Assembly.Location), .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.ML.*.dll").Select(file => MetadataReference.CreateFromFile(file)),
             MetadataReference.CreateFromFile(typeof(MessagePack.MessagePackWriter).Assembly.Location),
             MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location), MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection).Assembly.Location)],
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)])); // as the SDK does: a package may be built for an older framework

        CSharpGeneratorDriver.Create([new FlowGenerator().AsSourceGenerator()], parseOptions: options).RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var diagnostics, cancel);

        Assert.DoesNotContain(diagnostics.Concat(complete.GetDiagnostics(cancel)), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public void Links_ToFilesOfTheRepository_Exist()
    {
        var broken = from page in Pages()
                     from Match link in Link().Matches(File.ReadAllText(page))
                     let target = link.Groups[1].Value
                     where !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.GetFullPath(target, Path.GetDirectoryName(page)!))
                     select $"{Path.GetRelativePath(Repository.Root, page)}: {target}";
        Assert.Empty(broken);
    }

    /// <summary>The pages of the rules show wrong code on purpose and are compiled by the tests of the generator.</summary>
    private static IEnumerable<string> Pages() =>
    [
        Repository.PathOf("README.md"), Repository.PathOf("src/Build/FlowGen/README.md"), Repository.PathOf("src/Runtime/FlowGen.Testing/README.md"), Repository.PathOf("src/Runtime/FlowGen.ML/README.md"),
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Where(page => !page.Contains("/rules/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    // Fragments of other pages (contracts in docs/architecture.md) are marked as what they are: ```csharp fragment
    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"\]\(([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
