using System.Collections.Immutable;
using FlowGen.Generator.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Generator.Tests.Support;

/// <summary>Repairs programs as an editor does: the diagnostics of the generator and its analyzers go to every fix that names their ids.</summary>
internal static class CodeFixer
{
    public static ImmutableArray<CodeFixProvider> Providers { get; } =
    [
        .. typeof(SyntaxCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>The mistakes in a program.</summary>
    public static async Task<ImmutableArray<Diagnostic>> MistakesAsync(string source)
    {
        var compiled = Compiler.Compile(source);
        return [.. compiled.All, .. await Compiler.AnalyzeAsync(compiled.Output)];
    }

    /// <summary>All repairs that are offered for a rule's mistakes in a program, with the program that each makes.</summary>
    public static async Task<List<(string Title, string Result)>> RepairAsync(string source, string id)
    {
        var repairs = new List<(string, string)>();
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        foreach (var mistake in (await MistakesAsync(source)).Where(mistake => mistake.Id == id))
            foreach (var (action, _) in await OfferedAsync(document, mistake))
                repairs.Add((action.Title, await ApplyAsync(document, action)));
        return repairs;
    }

    /// <summary>Repairs all mistakes of a rule at once, as "fix all in document" does.</summary>
    public static async Task<string> RepairAllAsync(string source, string id, string title)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        var mistakes = (await MistakesAsync(source)).Where(mistake => mistake.Id == id).ToImmutableArray();
        var (action, provider) = (await OfferedAsync(document, mistakes[0])).First(offer => offer.Action.Title == title);
        var context = new FixAllContext(document, provider, FixAllScope.Document, action.EquivalenceKey!, [id], new Known(mistakes), TestContext.Current.CancellationToken);
        return await ApplyAsync(document, (await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        var compilation = Compiler.Compilation(source);
        var project = workspace.AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Program", "Program", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: Compiler.ParseOptions, metadataReferences: compilation.References));
        project = project.AddDocument("File0.cs", Compiler.GlobalUsings).Project;
        return project.AddDocument("File1.cs", source, filePath: "File1.cs");
    }

    private static async Task<List<(CodeAction Action, CodeFixProvider Provider)>> OfferedAsync(Document document, Diagnostic mistake)
    {
        // A diagnostic of the document's own tree: fixes must not depend on that of the compilation which reported it.
        var tree = (await document.GetSyntaxTreeAsync(TestContext.Current.CancellationToken))!;
        var here = Diagnostic.Create(mistake.Descriptor, Location.Create(tree, mistake.Location.SourceSpan), mistake.AdditionalLocations, mistake.Properties);
        var offered = new List<(CodeAction, CodeFixProvider)>();
        foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(mistake.Id)))
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, here, (action, _) => offered.Add((action, provider)), TestContext.Current.CancellationToken));
        return offered;
    }

    private static async Task<string> ApplyAsync(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    private sealed class Known(ImmutableArray<Diagnostic> mistakes) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = (await document.GetSyntaxTreeAsync(cancellationToken))!;
            return mistakes.Select(mistake => Diagnostic.Create(mistake.Descriptor, Location.Create(tree, mistake.Location.SourceSpan), mistake.AdditionalLocations, mistake.Properties));
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
