using CsCheck;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Emission;

/// <summary>Whatever people write while they edit: the generator never throws, and its code has no error of its own.</summary>
public class MutationTests
{
    private static readonly string[] Programs =
    [
        Support.Programs.Churn,
        Support.Programs.Sales,
        Support.Programs.Shapes,
        Support.Programs.Release,
        """
        public abstract class Base<T>
        {
            [Parameter] public string Root { get; protected init; } = "r";
            [Parameter] public int? Limit { get; set; }
            [Step] protected abstract T Load();
            [Step, Retry(3)] public virtual string Show([From(nameof(Load))] T value) => $"base {value}";
        }

        public partial class Outer
        {
            [Flow("inner")]
            internal sealed partial class InnerFlow : Base<int>
            {
                [Parameter, AllowedValues("a", "b")] public string[] Names { get; init; } = ["a"];
                [Parameter] public required DayOfWeek Day { get; init; }
                protected override int Load() => 5;
                public override string Show(int number) => $"{Root} {number}";
                [Step] public static (int first, string? second)[] Pairs(string show, int? limit) => [(1, show), (2, null)];
                [Step] public Task<List<int>> OneAsync([ForEach(nameof(Pairs))] (int first, string? second) pair) => Task.FromResult(new List<int> { pair.first });
                [Step, After(nameof(Show))] public int All([Gather(nameof(OneAsync))] ImmutableArray<List<int>> ones, ILogger logger) => ones.Length;
            }
        }
        """,
    ];

    /// <summary>Replaces a token by another one of the same program, deletes it, or doubles it.</summary>
    private static readonly Gen<string> Mutants =
        from index in Gen.Int[0, Programs.Length - 1]
        let program = Programs[index]
        let tokens = CSharpSyntaxTree.ParseText(program, Compiler.ParseOptions).GetRoot().DescendantTokens().Where(token => token.Text.Length > 0).ToList()
        from edits in Gen.Select(Gen.Int[0, tokens.Count - 1], Gen.Int[0, tokens.Count - 1], Gen.Int[0, 5]).Array[1, 2]
        select Apply(program, tokens, edits);

    [Fact]
    public void Generator_OfAnyMutant_NeitherThrowsNorEmitsErrors() => Mutants.Sample(source =>
    {
        var compiled = Compiler.Compile(source);
        Assert.DoesNotContain(compiled.Reported, d => d.Id == "FG0001");
        var errors = compiled.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToLookup(d => d.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
        if (!errors[false].Any()) Assert.Empty(errors[true].Select(d => d.ToString()));
    }, iter: 100, threads: 2, print: source => source);

    private static string Apply(string program, List<SyntaxToken> tokens, (int At, int Other, int Kind)[] edits)
    {
        foreach (var (at, other, kind) in edits.DistinctBy(edit => edit.At).OrderByDescending(edit => edit.At))
        {
            var replacement = kind switch { 0 => "", 1 => tokens[at].Text + " " + tokens[at].Text, _ => tokens[other].Text };
            program = program[..tokens[at].SpanStart] + replacement + program[tokens[at].Span.End..];
        }
        return program;
    }
}
