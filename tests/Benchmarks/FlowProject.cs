using System.Text;
using Basic.Reference.Assemblies;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Benchmarks;

/// <summary>A project with one flow of many steps and another file, and the edits that an editor would see.</summary>
internal sealed class FlowProject
{
    private const string Other = "namespace Shop; public static class Prices { public static int Of(int item) => item * 2; }";

    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] s_references =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(FlowGen.FlowApp).Assembly.Location), MetadataReference.CreateFromFile(typeof(MessagePack.MessagePackWriter).Assembly.Location)];

    private readonly string _flow;

    public FlowProject(int steps)
    {
        var flow = new StringBuilder("using FlowGen;\nnamespace Shop;\npublic sealed record Row(int Id, string Name, double[] Values);\n[Flow]\npublic partial class ShopFlow\n{\n");
        flow.Append("    [Step] public static Row Step0() => new(0, \"\", []);\n");
        for (var i = 1; i < steps; i++) flow.Append($"    [Step] public static Row Step{i}(Row step{i / 2}, [From(nameof(Step{i - 1}))] Row last) => last with {{ Id = {i} }};\n");
        _flow = flow.Append("}\n").ToString();
        Start = Fresh();
    }

    public Compilation Start { get; }

    /// <summary>The project as read from disk: nothing bound yet.</summary>
    public Compilation Fresh() => CSharpCompilation.Create("Shop", [Parse(_flow, "Flow.cs"), Parse(Other, "Prices.cs")], s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new FlowGenerator().AsSourceGenerator()], parseOptions: s_options);

    public Compilation EditOtherFile() => Replace(1, Other.Replace("item * 2", "item * 3", StringComparison.Ordinal), "Prices.cs");

    public Compilation EditBody() => Replace(0, _flow.Replace("Id = 5 ", "Id = 55 ", StringComparison.Ordinal), "Flow.cs");

    public Compilation EditDeclaration() => Replace(0, _flow.Replace("Step5(", "Step5x(", StringComparison.Ordinal).Replace("nameof(Step5)", "nameof(Step5x)", StringComparison.Ordinal)
        .Replace("Row step5,", "Row step5x,", StringComparison.Ordinal), "Flow.cs");

    private Compilation Replace(int tree, string text, string path)
    {
        var old = Start.SyntaxTrees.ElementAt(tree);
        if (old.ToString() == text) throw new InvalidOperationException("The edit changes nothing.");
        return Start.ReplaceSyntaxTree(old, Parse(text, path));
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, s_options, path, Encoding.UTF8);
}
