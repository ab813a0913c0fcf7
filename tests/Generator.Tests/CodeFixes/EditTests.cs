using Generator.Tests.Support;

namespace Generator.Tests.CodeFixes;

/// <summary>What single repairs write, in the layouts that people use.</summary>
public class EditTests
{
    [Theory]
    [InlineData("[Flow]\nclass F { [Step] public int A() => 1; }", "[Flow]\npartial class F { [Step] public int A() => 1; }")]
    [InlineData("/// <summary>Text.</summary>\n[Flow] public sealed class F { [Step] public int A() => 1; }", "/// <summary>Text.</summary>\n[Flow] public sealed partial class F { [Step] public int A() => 1; }")]
    [InlineData("// Why.\nclass Outer { struct Middle { [Flow] class F { [Step] public int A() => 1; } } }", "// Why.\npartial class Outer { partial struct Middle { [Flow] partial class F { [Step] public int A() => 1; } } }")]
    public Task FG0101_Class_BecomesPartial(string before, string after) => AssertAsync("FG0101", "Add 'partial'", before, after);

    [Fact]
    public Task FG0201_CloseSpelling_IsRenamedInTheBodyToo() => AssertAsync("FG0201", "Rename to 'table'",
        "[Flow] public partial class F { [Step] public int Table() => 1; [Step] public int Fit(int tabel) => tabel + Double(x: tabel); static int Double(int x) => x; }",
        "[Flow] public partial class F { [Step] public int Table() => 1; [Step] public int Fit(int table) => table + Double(x: table); static int Double(int x) => x; }");

    [Fact]
    public async Task FG0201_SeveralArtifactsOfTheType_AreAllOffered()
    {
        var repairs = await CodeFixer.RepairAsync(
            "[Flow] public partial class F { [Parameter] public int Depth { get; init; } [Step] public (int rows, string text) Load() => (1, \"\"); [Step] public int Fit(int xyz) => xyz; }", "FG0201");

        Assert.Equal(["Add [From(nameof(Depth))]", "Add [From(\"rows\")]"], repairs.Select(repair => repair.Title));
    }

    [Fact]
    public Task FG0201_ItemOfACollection_NamesTheCollection() => AssertAsync("FG0201", "Add [ForEach(nameof(Load))]",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit([ForEach(MaxParallel = 2)] int row) => row; }",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit([ForEach(nameof(Load), MaxParallel = 2)] int row) => row; }");

    [Fact]
    public Task FG0201_TypedLogger_BecomesThePlainOne() => AssertAsync("FG0201", "Change the type to 'ILogger'",
        "[Flow] public partial class F { [Step] public int Load(ILogger<F> log) => 1; }",
        "[Flow] public partial class F { [Step] public int Load(ILogger log) => 1; }");

    [Fact]
    public Task FG0204_ItemOfAList_IsIterated() => AssertAsync("FG0204", "Add [ForEach(nameof(Load))]",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit(\n    // Why.\n    int load) => load; }",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit(\n    // Why.\n    [ForEach(nameof(Load))] int load) => load; }");

    [Fact]
    public Task FG0204_ListOfItems_IsGathered() => AssertAsync("FG0204", "Write [Gather(nameof(Fit))]",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit([ForEach(nameof(Load))] int load) => load; [Step] public int Best([From(nameof(Fit))] int[] all) => all[0]; }",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit([ForEach(nameof(Load))] int load) => load; [Step] public int Best([Gather(nameof(Fit))] int[] all) => all[0]; }");

    [Fact]
    public Task FG0205_ValueType_BecomesNullable() => AssertAsync("FG0205", "Change the type to 'int?'",
        "[Flow] public partial class F { [Step] public int? Load() => 1; [Step] public string Fit(int load) => $\"{load}\"; }",
        "[Flow] public partial class F { [Step] public int? Load() => 1; [Step] public string Fit(int? load) => $\"{load}\"; }");

    [Fact]
    public Task FG0302_WholeList_IsTakenAsItIs() => AssertAsync("FG0302", "Write [From(nameof(Load))]",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit([ForEach(nameof(Load))] int[] rows) => rows[0]; }",
        "[Flow] public partial class F { [Step] public int[] Load() => [1]; [Step] public int Fit([From(nameof(Load))] int[] rows) => rows[0]; }");

    [Fact]
    public Task FG0115_OwnTypes_GiveTheirNames() => AssertAsync("FG0115", "Name all elements",
        "public record Table(int Rows); [Flow] public partial class F { [Step] public Task<(int rows, Table)> Load() => Task.FromResult((1, new Table(1))); }",
        "public record Table(int Rows); [Flow] public partial class F { [Step] public Task<(int rows, Table table)> Load() => Task.FromResult((1, new Table(1))); }");

    [Fact]
    public Task FG0120_AttributeOnALineOfItsOwn_GoesWithItsLine() => AssertAsync("FG0120", "Remove [Retry]",
        "[Flow] public partial class F\n{\n    [Step] public int A() => 1;\n\n    /// <summary>Text.</summary>\n    [Retry(2)]\n    private int B() => 1;\n}",
        "[Flow] public partial class F\n{\n    [Step] public int A() => 1;\n\n    /// <summary>Text.</summary>\n    private int B() => 1;\n}");

    [Fact]
    public Task FG0604_StepWithInputs_GetsTheTokenLast() => AssertAsync("FG0604", "Add 'CancellationToken cancel'",
        "[Flow] public partial class F { [Step] public int A() => 1; [Step, Timeout(\"1m\")] public int B(int a) => a; }",
        "[Flow] public partial class F { [Step] public int A() => 1; [Step, Timeout(\"1m\")] public int B(int a, CancellationToken cancel) => a; }");

    [Fact]
    public async Task FixAll_OfManyFlows_RepairsEachOnce()
    {
        var result = await CodeFixer.RepairAllAsync("class Outer { [Flow] class A { [Step] public int X() => 1; } [Flow(\"b\")] class B { [Step] public int X() => 1; } }", "FG0101", "Add 'partial'");

        Assert.Equal("partial class Outer { [Flow] partial class A { [Step] public int X() => 1; } [Flow(\"b\")] partial class B { [Step] public int X() => 1; } }", result);
    }

    [Fact]
    public async Task FixAll_OfDefaults_RemovesAll()
    {
        var result = await CodeFixer.RepairAllAsync("[Flow] public partial class F { [Step] public int A() => 1; [Step] public int B(int a = 1) => a; [Step] public int C(int a = 1, int b = 2) => a + b; }", "FG0207", "Remove '= 1'");

        Assert.Equal("[Flow] public partial class F { [Step] public int A() => 1; [Step] public int B(int a) => a; [Step] public int C(int a, int b) => a + b; }", result);
    }

    private static async Task AssertAsync(string id, string title, string before, string after)
    {
        var (_, result) = Assert.Single(await CodeFixer.RepairAsync(before, id), repair => repair.Title == title);

        Assert.Equal(after, result);
        Assert.Empty((await CodeFixer.MistakesAsync(result)).Select(mistake => mistake.ToString()));
    }
}
