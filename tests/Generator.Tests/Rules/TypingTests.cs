using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Rules;

/// <summary>Programs while they are typed: the compiler tells what is missing, and FlowGen adds nothing of its own.</summary>
public class TypingTests
{
    private const string Program = """
        [Flow("typed")]
        public partial class TypedFlow
        {
            [Parameter, Range(1, 9)] public int Count { get; init; } = 3;
            [Step(Makes = "rows"), Retry(2, Backoff = "1s")] public int[] Load() => [1, 2];
            [Step, Timeout("1m")] public async Task<(int low, string high)> SplitAsync([ForEach(nameof(Load))] int row, CancellationToken cancel) { await Task.Yield(); return (row, ""); }
            [Step, After(nameof(Load))] public int Sum([Gather("low")] IReadOnlyList<int> all, [From("rows")] int[] whole) => all.Count + whole.Length;
            static bool More(int sum) => sum < 3;
            [Step, Loop(nameof(More), Max = 9), When("Count", 1, 2)] public int Grow([Carry(nameof(Sum))] int from) => from;
            [Step, Otherwise(nameof(Count))] public int Same(int sum) => sum;
            [Step] public int Last([OneOf(nameof(Grow), "same")] int one) => one;
        }
        """;

    [Fact]
    public void Program_CutAnywhere_NeverBreaksTheGenerator()
    {
        for (var length = 1; length < Program.Length; length += 3)
        {
            var compiled = Compiler.Compile(Program[..length]);
            Assert.DoesNotContain(compiled.Reported, problem => problem.Id == "FG0001");
            Assert.Empty(InGenerated(compiled).Select(problem => $"after {length} characters: {problem}"));
        }
    }

    [Theory]
    [InlineData("[Flow] public partial class { [Step] public int A() => 1; }")]
    [InlineData("[Flow] public partial struct F { [Step] public int A() => 1; }")]
    [InlineData("[Flow] public partial interface F { [Step] int A() => 1; }")]
    [InlineData("[Flow] public partial record struct F { [Step] public int A() => 1; }")]
    [InlineData("[Flow] public partial class F { [Step] public int A(int ) => 1; }")]
    [InlineData("[Flow] public partial class F { [Step] public F() { } [Step] public int A() => 1; [Step] ~F() { } }")]
    public void Program_ThatTheCompilerRefuses_IsLeftToIt(string source)
    {
        var compiled = Compiler.Compile(source);

        Assert.Empty(compiled.Reported.Select(problem => problem.ToString()));
        Assert.Empty(InGenerated(compiled).Select(problem => problem.ToString()));
        Assert.Contains(compiled.CompilerDiagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    private static IEnumerable<Diagnostic> InGenerated(Compiled compiled) =>
        compiled.CompilerDiagnostics.Where(problem => problem.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
}
