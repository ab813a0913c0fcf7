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
    private readonly (string Before, string After)[] _body, _declaration;

    private FlowProject(string steps, (string Before, string After)[] body, (string Before, string After)[] declaration)
    {
        _flow = $$"""
            using System.Collections.Generic;
            using System.Linq;
            using FlowGen;
            namespace Shop;
            public sealed record Row(int Id, string Name, double[] Values);
            public enum Verdict { Reject, Hold, Ship }
            [Flow]
            public partial class ShopFlow
            {
            {{steps}}}

            """;
        (_body, _declaration) = (body, declaration);
        Start = Fresh();
    }

    /// <summary>Steps that each take two others.</summary>
    public static FlowProject Plain(int steps)
    {
        var flow = new StringBuilder("    [Step] public static Row Step0() => new(0, \"\", []);\n");
        for (var i = 1; i < steps; i++) flow.Append($"    [Step] public static Row Step{i}(Row step{i / 2}, [From(nameof(Step{i - 1}))] Row last) => last with {{ Id = {i} }};\n");
        return new FlowProject(flow.ToString(), [("Id = 5 ", "Id = 55 ")], [("Step5(", "Step5x("), ("nameof(Step5)", "nameof(Step5x)"), ("Row step5,", "Row step5x,")]);
    }

    /// <summary>Steps of every construct, ten at a time: foreaches in one another, gathers of one dimension and of the rest, a loop, a decision, two branches and their merge.</summary>
    public static FlowProject Rich(int steps)
    {
        var flow = new StringBuilder("    private static bool KeepGoing(Row row) => row.Id % 7 != 0;\n    [Step] public static Row End0() => new(0, \"\", []);\n");
        for (var i = 1; i <= steps / 10; i++)
        {
            flow.Append($$"""
                    [Step] public static string[] Stores{{i}}([From(nameof(End{{i - 1}}))] Row row) => [row.Name];
                    [Step] public static int[] Days{{i}}([ForEach(nameof(Stores{{i}}), Label = nameof(string.Length))] string store) => [store.Length];
                    [Step, Retry(2)] public static Row Fit{{i}}([ForEach(nameof(Days{{i}}), MaxParallel = 4)] int day, [ForEach(nameof(Stores{{i}}))] string store, Row end{{i - 1}}) => end{{i - 1}} with { Id = day, Name = store };
                    [Step] public static Row Total{{i}}([Gather(nameof(Fit{{i}}), Over = nameof(Days{{i}}))] IReadOnlyList<Item<Row>> rows) => rows[0].Value;
                    [Step] public static (Row winner, int count) Best{{i}}([Gather(nameof(Total{{i}}), MinSuccess = 0.5)] Row[] rows) => (rows[0], rows.Length);
                    [Step, Loop(nameof(KeepGoing), Max = 100)] public static Row Improve{{i}}([Carry("winner{{i}}")] Row row, [From("count{{i}}")] int count) => row with { Id = row.Id + count };
                    [Step] public static Verdict Assess{{i}}(Row improve{{i}}) => improve{{i}}.Id > 5 ? Verdict.Ship : Verdict.Hold;
                    [Step, When(nameof(Assess{{i}}), Verdict.Ship)] public static Row Ship{{i}}(Row improve{{i}}) => improve{{i}};
                    [Step, Otherwise(nameof(Assess{{i}}))] public static Row Keep{{i}}(Optional<Row> improve{{i}}) => improve{{i}}.Value;
                    [Step, After(nameof(Fit{{i}}), Always = true)] public static Row End{{i}}([OneOf(nameof(Ship{{i}}), nameof(Keep{{i}}))] Row row) => row;

                """.Replace("(Row winner, int count)", $"(Row winner{i}, int count{i})", StringComparison.Ordinal));
        }
        return new FlowProject(flow.ToString(), [("Id > 5 ", "Id > 55 ")], [("Total1(", "Total1x("), ("nameof(Total1)", "nameof(Total1x)")]);
    }

    public Compilation Start { get; }

    /// <summary>The project as read from disk: nothing bound yet.</summary>
    public Compilation Fresh() => CSharpCompilation.Create("Shop", [Parse(_flow, "Flow.cs"), Parse(Other, "Prices.cs")], s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <param name="inEditor">Whether it runs as in an editor, which asks for no fingerprints: they are for the build.</param>
    public static GeneratorDriver Driver(bool inEditor) => CSharpGeneratorDriver.Create([new FlowGenerator().AsSourceGenerator()], parseOptions: s_options,
        driverOptions: new GeneratorDriverOptions(inEditor ? IncrementalGeneratorOutputKind.Implementation : IncrementalGeneratorOutputKind.None));

    public Compilation EditOtherFile() => Replace(1, Other.Replace("item * 2", "item * 3", StringComparison.Ordinal), "Prices.cs");

    public Compilation EditBody() => Replace(0, Edited(_body), "Flow.cs");

    public Compilation EditDeclaration() => Replace(0, Edited(_declaration), "Flow.cs");

    private string Edited((string Before, string After)[] edits) => edits.Aggregate(_flow, static (text, edit) => text.Replace(edit.Before, edit.After, StringComparison.Ordinal));

    private Compilation Replace(int tree, string text, string path)
    {
        var old = Start.SyntaxTrees.ElementAt(tree);
        if (old.ToString() == text) throw new InvalidOperationException("The edit changes nothing.");
        return Start.ReplaceSyntaxTree(old, Parse(text, path));
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, s_options, path, Encoding.UTF8);
}
