using FlowGen.Generator.Parsing;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Rules;

/// <summary>How mistakes are told: all at once, each root cause once, in source order, and without noise of the compiler.</summary>
public class ReportingTests
{
    [Fact]
    public void FiveMistakes_InOneFlow_GiveFiveErrorsInSourceOrderAndNothingElse()
    {
        var compiled = Compiler.Compile("""
            var run = await new WrongFlow().RunAsync();
            Console.WriteLine(await run.Table);
            return await FlowApp.RunAsync<WrongFlow>(args);

            [Flow]
            public partial class WrongFlow
            {
                [Parameter] public DateTime Since { get; init; }
                [Step, Retry(0)] public int Table(string customers) => 1;
                [Step] public int Fit([ForEach(nameof(Table))] int row) => row;
                [Step] public async void Save(int fit) => await Task.Yield();
            }
            """);

        Assert.Equal(["FG0701", "FG0601", "FG0201", "FG0301", "FG0113"], compiled.Reported.Select(d => d.Id));
        Assert.DoesNotContain(compiled.CompilerDiagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void UnknownInput_UpstreamOfEverything_IsToldOnce()
    {
        var compiled = Compiler.Compile("""
            [Flow]
            public partial class DeepFlow
            {
                [Step] public int[] Items([ForEach] int missing) => [missing];
                [Step] public int Work([ForEach(nameof(Items))] int item) => item;
                [Step] public int Sum([Gather(nameof(Work))] int[] works, int items2) => 1;
                [Step] public int More([Gather(nameof(Work))] int[] works, int[] items) => 1;
            }
            """);

        Assert.Equal(["FG0201", "FG0201"], compiled.Reported.Select(d => d.Id));
    }

    /// <summary>Each of these would be followed by mistakes of all steps behind it, were it not known that nothing is known of them.</summary>
    [Theory]
    [InlineData("FG0301", "[Step] public string Days([ForEach(nameof(Stores))] int store) => \"\";")]
    [InlineData("FG0201", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, int missing) => [1];")]
    [InlineData("FG0308", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, [ForEach(nameof(Stores))] int other) => [1];")]
    [InlineData("FG0305", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, int visit) => [1];")]
    [InlineData("FG0303", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, [Gather(nameof(Grid))] int[][] all) => [1];")]
    [InlineData("FG0310", "[Step] public int[] Days([ForEach(nameof(Grid))] int setting, [Gather(nameof(Deep))] int[] all) => [1];")]
    [InlineData("FG0311", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, [Gather(nameof(Visit), Over = nameof(Stores))] int[] all) => [1];")]
    [InlineData("FG0312", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, [ForEach(nameof(Grid))] int setting) => [1];")]
    [InlineData("FG0213", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, [From(nameof(Grid))] Item<int[]> all) => [1];")]
    [InlineData("FG0304", "[Step] public int[] Days([ForEach(nameof(Stores))] int store, [Gather(nameof(Visit))] HashSet<int> all) => [1];")]
    public void MistakeInACollection_UpstreamOfDimensions_IsToldOnce(string id, string step)
    {
        var compiled = Compiler.Compile($$"""
            [Flow]
            public partial class DeepFlow
            {
                [Step] public int[] Stores() => [1];
                [Step] public int[] Grid() => [1];
                [Step] public int Visit([ForEach(nameof(Grid))] int setting) => 1;
                [Step] public int Both([ForEach(nameof(Grid))] int setting, [ForEach(nameof(Stores))] int store) => 1;
                [Step] public int[] Inner([ForEach(nameof(Stores))] int store) => [1];
                [Step] public int Deep([ForEach(nameof(Inner))] int inner) => 1;
                {{step}}
                {{(id == "FG0301" ? "[Step] public int Score([ForEach(nameof(Days))] int day) => 1;" : "[Step] public int Score([ForEach(nameof(Days))] int day, [ForEach(nameof(Stores))] int store) => 1;")}}
                [Step] public int Wrong(int score, int visit, int both) => 1;
                [Step] public int Sum([Gather(nameof(Score))] int[] scores, [Gather(nameof(Visit), MinSuccess = 0.5)] int[] visits) => 1;
                [Step] public int Most([Gather(nameof(Score), Over = nameof(Days))] int[] scores) => 1;
                [Step] public int None([Gather(nameof(Sum))] int[] sums) => 1;
            }
            """);

        Assert.Equal([id], compiled.Reported.Select(d => d.Id));
    }

    [Fact]
    public void InputOfAnUnknownType_WhichMayBeAService_IsLeftToTheCompiler()
    {
        var compiled = Compiler.Compile("[Flow] public partial class LoadFlow { [Step] public int Load(IMissing service) => 1; }");

        Assert.Equal(["CS0246"], compiled.All.Select(d => d.Id));
    }

    [Fact]
    public void MissingPartial_WithAProgramAround_IsToldAlone()
    {
        var compiled = Compiler.Compile("""
            return await FlowApp.RunAsync<LoadFlow>(args);
            [Flow] public class LoadFlow { [Step] public int Load() => 1; }
            """);

        Assert.Equal(["FG0101"], compiled.All.Select(d => d.Id));
    }

    [Fact]
    public void Stub_OfAFlowWithErrors_Throws()
    {
        var compiled = Compiler.Compile("[Flow] public partial class BadFlow { [Step] public int Load(int missing) => 1; }");

        Assert.Contains("""InvalidOperationException("Flow 'bad' has errors: the build tells them as FG diagnostics.")""", compiled.Source("BadFlow.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_WhileAFlowIsProcessed_IsAnErrorOfThatFlow()
    {
        var compilation = Compiler.Compilation("[Flow] public partial class OneFlow { [Step] public int Load() => 1; }");
        var parse = FlowParser.Parse(compilation, new FlowDeclaration("OneFlow", null!), TestContext.Current.CancellationToken);

        var problem = Assert.Single(parse!.Problems).ToDiagnostic();
        Assert.Equal(("FG0001", DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.StartsWith("flow 'OneFlow' could not be processed because of a mistake in FlowGen (NullReferenceException in ModelBuilder.Build: ", problem.GetMessage(), StringComparison.Ordinal);
        Assert.True(parse.Model.IsBroken && parse.Model.Type.CanHavePart);
    }

    [Fact]
    public void OneBadFlow_AmongGood_LeavesTheOthersAlone()
    {
        var compiled = Compiler.Compile("[Flow] public partial class Abc { [Step] public int Load(int missing) => 1; } [Flow(\"other\")] public partial class ABC { [Step] public int Load() => 1; }");

        Assert.Equal(["Abc.g.cs", "ABC_2.code.g.cs", "ABC_2.g.cs", "FlowCatalog.g.cs"], compiled.Sources.Select(s => s.HintName).Where(name => !name.StartsWith("Microsoft", StringComparison.Ordinal)).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["FG0201"], compiled.All.Select(d => d.Id));
    }

    [Fact]
    public void Mistakes_AfterAnEditAbove_AreToldWhereTheyAreNow()
    {
        const string Before = "class Other { int M() { return 1; } }\n[Flow] public partial class F { [Step] public int Load(int missing) => 1; }";
        var compilation = Compiler.Compilation(Before);
        var driver = Compiler.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
            Before.Replace("return 1;", "\n\n\nreturn 1;", StringComparison.Ordinal), Compiler.ParseOptions, "File1.cs", cancellationToken: TestContext.Current.CancellationToken);
        var problem = Assert.Single(driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], edited), TestContext.Current.CancellationToken).GetRunResult().Diagnostics);

        Assert.Equal((LocationKind.SourceFile, edited, 4), (problem.Location.Kind, problem.Location.SourceTree, problem.Location.GetLineSpan().StartLinePosition.Line));
    }
}
