using System.Collections.Immutable;
using FlowGen.Generator.Analyzers;
using FlowGen.Generator.Emission;
using FlowGen.Generator.Fingerprints;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator;

/// <summary>Turns classes marked with <c>[Flow]</c> into checked graphs and the code that runs them.</summary>
/// <remarks>
/// Discovery runs after every edit, so it yields a name and doc texts only. Parsing runs when a declaration changed, emission when a model did.
/// Mistakes are told by a second parse of the flows that have some, against the current compilation: so their locations are real and no location is ever cached.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class FlowGenerator : IIncrementalGenerator
{
    internal const string Declarations = nameof(Declarations);
    internal const string Parses = nameof(Parses);
    internal const string Models = nameof(Models);
    internal const string Plugins = nameof(Plugins);

    /// <summary>The compiler that this is built against has no name for it yet.</summary>
    private const LanguageVersion CSharp14 = (LanguageVersion)1400;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName("FlowGen.FlowAttribute", static (node, _) => IsNamedClass(node), static (flow, cancel) =>
                new FlowDeclaration(((INamedTypeSymbol)flow.TargetSymbol).MetadataFullName(), DocReader.Read((INamedTypeSymbol)flow.TargetSymbol, cancel)))
            .Collect()
            .SelectMany(static (found, _) => Distinct(found))
            .WithTrackingName(Declarations);

        var parses = declarations
            .Combine(context.CompilationProvider.WithComparer(DeclarationComparer.Instance))
            .Select(static (pair, cancel) => Parse(pair.Left, pair.Right, cancel))
            .WithTrackingName(Parses);

        var models = parses
            .Where(static parse => parse is { Model.Type.CanHavePart: true })
            .Select(static (parse, _) => (parse!.Declaration.FileName, parse.Model))
            .WithTrackingName(Models);
        context.RegisterSourceOutput(models, static (output, flow) => Emit(output, flow.FileName, flow.Model));

        var mistaken = parses.Where(static parse => parse is { HasProblems: true }).Select(static (parse, _) => parse!.Declaration);
        context.RegisterSourceOutput(mistaken.Combine(context.CompilationProvider), static (output, pair) =>
        {
            foreach (var problem in FlowParser.Parse(pair.Right, pair.Left, output.CancellationToken)?.Problems ?? [])
                output.ReportDiagnostic(problem.ToDiagnostic());
        });

        // Editors do not ask for this: it reads bodies, and may only fill in what the ordinary output declares.
        var texts = context.AdditionalTextsProvider.Collect();
        context.RegisterImplementationSourceOutput(models.Collect().Combine(context.CompilationProvider).Combine(texts), static (output, all) =>
            Fingerprint(output, [.. all.Left.Left.Where(flow => !flow.Model.IsBroken)], all.Left.Right, all.Right));

        var catalog = parses
            .Where(static parse => parse is { Model.Type: { CanHavePart: true, IsAccessible: true } })
            .Select(static (parse, _) => parse!.Model.Type.FullName)
            .Collect()
            .Select(static (flows, _) => flows.ToEquatable());
        context.RegisterSourceOutput(catalog, static (output, flows) =>
        {
            if (flows.Count > 0) output.AddSource("FlowCatalog.g.cs", CatalogEmitter.Emit(flows));
        });

        var plugins = context.CompilationProvider
            .WithComparer(ReferencesComparer.Instance)
            .Select(static (compilation, cancel) => PluginFinder.Find(compilation, cancel))
            .WithTrackingName(Plugins);
        context.RegisterSourceOutput(plugins, static (output, found) =>
        {
            if (found.Count > 0) output.AddSource("FlowPackages.g.cs", PluginEmitter.Emit(found));
        });

        var ungenerated = parses
            .Where(static parse => parse is { Model.Type.CanHavePart: false })
            .Collect()
            .Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => pair.Left.Length > 0 && ((CSharpParseOptions)pair.Right).LanguageVersion >= CSharp14);
        context.RegisterSourceOutput(ungenerated, static (output, exists) =>
        {
            if (exists) output.AddSource("UngeneratedFlow.g.cs", UngeneratedFlowEmitter.Emit());
        });

        var names = parses
            .Where(static parse => parse is not null)
            .Select(static (parse, _) => new FlowName(parse!.Model.Name, parse.Model.Type.MetadataName, parse.Model.Type.ClassName))
            .Collect()
            .SelectMany(static (all, _) => DuplicateFlowName.Find(all));
        context.RegisterSourceOutput(names.Combine(context.CompilationProvider), static (output, pair) =>
            output.ReportDiagnostic(DuplicateFlowName.Describe(pair.Left, pair.Right).ToDiagnostic()));

        // An implementation output too: editors run the analyzers whatever the generator tells.
        var stopsCompiler = parses
            .Where(static parse => parse is { HasErrors: true })
            .Select(static (_, _) => true)
            .Collect()
            .Combine(names.Collect())
            .Select(static (pair, _) => pair.Left.Length > 0 || pair.Right.Length > 0);
        context.RegisterImplementationSourceOutput(stopsCompiler.Combine(context.CompilationProvider), static (output, pair) =>
        {
            if (!pair.Left) return;
            foreach (var finding in UsageFindings.In(pair.Right, output.CancellationToken)) output.ReportDiagnostic(finding);
        });
    }

    /// <summary>Elsewhere the attribute is the compiler's mistake to tell, and a class without a name is still being typed.</summary>
    private static bool IsNamedClass(SyntaxNode node) =>
        node.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration && ((TypeDeclarationSyntax)node).Identifier.ValueText.Length > 0;

    /// <summary>One declaration a class, however many parts are marked, with a file name that no other has.</summary>
    private static IEnumerable<FlowDeclaration> Distinct(IEnumerable<FlowDeclaration> found)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var flow in found.GroupBy(flow => flow.MetadataName).Select(parts => parts.First()))
        {
            var name = flow.MetadataName.Replace('+', '.').Replace('`', '_');
            for (var i = 2; !names.Add(name); i++) name = $"{flow.MetadataName.Replace('+', '.').Replace('`', '_')}_{i}";
            yield return flow with { FileName = name + ".g.cs" };
        }
    }

    private static ParsedFlow? Parse(FlowDeclaration declaration, Compilation compilation, CancellationToken cancel) =>
        FlowParser.Parse(compilation, declaration, cancel) is { } parse
            ? new ParsedFlow(declaration, parse.Model, parse.Problems.Count > 0, parse.Problems.Any(static problem => problem.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
            : null;

    private static void Emit(SourceProductionContext output, string fileName, FlowModel model)
    {
        try
        {
            output.AddSource(fileName, FlowEmitter.Emit(model));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            output.ReportDiagnostic(InternalError.Describe(model.Type.ClassName, e, Location.None).ToDiagnostic());
        }
    }

    private static void Fingerprint(SourceProductionContext output, IReadOnlyList<(string FileName, FlowModel Model)> flows, Compilation compilation, ImmutableArray<AdditionalText> texts)
    {
        if (flows.Count == 0) return;
        var types = flows.Select(flow => compilation.Assembly.GetTypeByMetadataName(flow.Model.Type.MetadataName)!).ToList();
        var list = texts.FirstOrDefault(text => Path.GetFileName(text.Path) == Dependencies.FileName);
        // Shared, and made where a mistake in it is told of each flow.
        var shared = new Lazy<(Dependencies Dependencies, CodeIndex Index)>(() =>
        {
            var others = texts.Where(text => text != list).Select(text => text.GetText(output.CancellationToken)?.ToString() ?? "").ToList();
            return (new Dependencies(compilation, list?.GetText(output.CancellationToken)?.ToString()), new CodeIndex(compilation, types, others, output.CancellationToken));
        });
        for (var i = 0; i < flows.Count; i++)
        {
            try
            {
                output.AddSource(flows[i].FileName.Replace(".g.cs", ".code.g.cs"), CodeDescriptionEmitter.Emit(flows[i].Model, new FlowCode(shared.Value.Index, shared.Value.Dependencies, flows[i].Model, types[i]).Steps()));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                output.ReportDiagnostic(InternalError.Describe(flows[i].Model.Type.ClassName, e, Location.None).ToDiagnostic());
            }
        }
    }

    /// <summary>The part of a parse that may be cached.</summary>
    private sealed record ParsedFlow(FlowDeclaration Declaration, FlowModel Model, bool HasProblems, bool HasErrors);
}
