using System.Reflection;
using System.Runtime.Loader;
using FlowGen;
using FlowGen.CompilerServices;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Language.Tests.Flows;

/// <summary>Flows, compiled together with the real generator: fixed costs are paid once, and no flow may disturb another. Warnings are allowed: chance leaves artifacts unread and values uncovered.</summary>
internal sealed class Programs : IDisposable
{
    /// <summary>What random flows compute with.</summary>
    private static readonly SyntaxTree Support = ReadSupport();

    private readonly AssemblyLoadContext _context = new("flows"); // never unloaded: .NET 10.0.12 has crashed while it collected unloaded programs
    private readonly MemoryStream _image = new();
    private Assembly? _assembly;

    /// <param name="sources">One flow each, whose class has a name of its own.</param>
    /// <param name="isRun">Whether the flows run, so that the code of their steps is described; who only asks for errors has no use for that.</param>
    public Programs(IReadOnlyList<(string Name, string Code)> sources, bool isRun = true)
    {
        var compilation = Compiler.Compilation([.. sources.Select(source => source.Code)]).AddSyntaxTrees(Support);
        var driver = Compiler.Driver(isBuild: isRun).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported, TestContext.Current.CancellationToken);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        var errors = reported.Where(IsError).ToList();
        if (errors.Count == 0) errors = [.. output.Emit(_image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(IsError)];
        // What is emitted stops at the first kind of error.
        if (errors.Count > 0) errors = [.. reported.Concat(output.GetDiagnostics(TestContext.Current.CancellationToken)).Where(IsError)];
        Errors = [.. sources.Select((source, i) => errors.Where(error => IsIn(error, i, source.Name)).ToList())];
    }

    /// <summary>The errors of each source, those in the code generated for it and those of no place included.</summary>
    public IReadOnlyList<IReadOnlyList<Diagnostic>> Errors { get; }

    public static Programs Of(IEnumerable<FlowSpec> flows, bool isRun = true) => new([.. flows.Select(flow => (flow.Name, FlowRenderer.Render(flow)))], isRun);

    /// <summary>The definition of a flow, by the name of its class.</summary>
    public FlowDefinition Definition(string type)
    {
        var flow = (_assembly ??= Load()).GetType(type, throwOnError: true)!;
        return (FlowDefinition)typeof(Programs).GetMethod(nameof(DefinitionOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(flow).Invoke(null, null)!;
    }

    /// <summary>Makes about every so many tasks fail that would not otherwise; 0 for none.</summary>
    public void Trouble(int every) => (_assembly ??= Load()).GetType(nameof(Mix), throwOnError: true)!.GetProperty(nameof(Mix.Trouble))!.SetValue(null, every);

    public void Dispose() => _image.Dispose();

    /// <summary>Whether an error is one of a source: in it, in what was generated for its class, or in what is nobody's.</summary>
    private static bool IsIn(Diagnostic error, int source, string name)
    {
        if (error.Location.SourceTree is not { FilePath: var path }) return true;
        var file = Path.GetFileName(path);
        return file.StartsWith("Flow", StringComparison.Ordinal) && !file.StartsWith("FlowCatalog", StringComparison.Ordinal) ? file.StartsWith(name, StringComparison.Ordinal) && !char.IsDigit(file[name.Length])
            : !file.StartsWith("File", StringComparison.Ordinal) || file == $"File{source + 1}.cs";
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private Assembly Load()
    {
        _image.Position = 0;
        return _context.LoadFromStream(_image);
    }

    private static FlowDefinition DefinitionOf<T>() where T : class, IFlow<T> => T.Definition;

    private static SyntaxTree ReadSupport()
    {
        using var reader = new StreamReader(typeof(Programs).Assembly.GetManifestResourceStream("Mix.cs")!);
        return CSharpSyntaxTree.ParseText(reader.ReadToEnd(), Compiler.ParseOptions, "Mix.cs");
    }
}
