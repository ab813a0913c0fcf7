using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Fingerprints;

/// <summary>Which steps have other code after an edit: those that may reach what was edited, and no others that can be told apart.</summary>
public class FingerprintTests
{
    private const string OfPoints = "shape measure add convert sum wait collect split print call";

    private static readonly Lazy<Fingerprinted> s_start = new(() => Fingerprint(EditProgram.Flow, EditProgram.Library, EditProgram.Shapes));

    /// <summary>The edit, what it replaces by what, and the steps that change.</summary>
    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "comment", "/* scales */", "/* scales the number */", "" },
        { "white space", "var scaled = load", "var scaled   =\n\n load", "" },
        { "documentation", "[Step] public static int[] Grid()", "/// <summary>What to try.</summary>\n[Step] public static int[] Grid()", "" },
        { "code that is switched off", "public sealed class Tripler", "#if NEVER\nclass Gone;\n#endif\npublic sealed class Tripler", "" },
        { "body of a step", "scaled + Size", "scaled - Size", "scale" },
        { "name of a local variable", "var scaled = load * Factor; return scaled", "var result = load * Factor; return result", "scale" },
        { "local function", "Twice(int x) => x * 2; }", "Twice(int x) => x * 4; }", "local" },
        { "constant of the flow", "const int Factor = 2", "const int Factor = 3", "scale" },
        { "static field", "s_start = 4", "s_start = 14", "start" },
        { "field", "_offset = 5", "_offset = 15", "offset" },
        { "field that nobody reads, declared together with another", "_other = 6", "_other = 16", "whole" },
        { "helper", "item + Inner()", "item - Inner()", "fit" },
        { "helper of a helper", "Inner() => Depth", "Inner() => Depth + 1", "fit" },
        { "helper that nobody calls", "Unused() => 3", "Unused() => 4", "whole" },
        { "new member", "private int Inner()", "private int Another() => 1; private int Inner()", "whole" },
        { "step of a base class", "Seed() + 1", "Seed() + 2", "load" },
        { "override of what a base class calls", "override int Seed() => 8", "override int Seed() => 9", "load" },
        { "virtual method that is overridden", "virtual int Seed() => 7", "virtual int Seed() => 6", "load" },
        { "policy", "Retry(2)", "Retry(3), Timeout(\"1m\")", "" },
        { "condition", "When(nameof(IsBig), true)", "When(nameof(IsBig), false)", "" },
        { "decision", "load > 3", "load > 4", "isBig" },
        { "most iterations", "Max = 5", "Max = 50, StopAtMax = true", "" },
        { "what says whether to go on", "value < Depth", "value <= Depth", "improve" },
        { "attribute that is no policy", "[Step, Retry(2)]", "[Step, Obsolete, Retry(2)]", "scale" },
        { "body of a step and nothing of who iterates it", "[1, 2, 3]", "[1, 2, 3, 4]", "grid" },
        { "binding", "[ForEach(nameof(Grid))]", "[ForEach(nameof(Grid), MaxParallel = 3)]", "" },
        { "default of a parameter", "Depth { get; init; } = 3", "Depth { get; init; } = 4", "" },
        { "range of a parameter", "Range(0, 100)", "Range(0, 50)", "" },
        { "type of a parameter", "public int Depth { get; init; } = 3", "public long Depth { get; init; } = 3", "fit improve" },
        { "setter of a parameter that does more", "Size { get; init; } = 10", "Size { get; init => field = value + 1; } = 10", "load scale fit start offset improve constant default whole" },
        { "constructor", "[Parameter] public int Size", "public EditFlow() => _offset = 3; [Parameter] public int Size", "load scale fit start offset improve constant default whole" },
        { "static constructor", "[Parameter] public int Size", "static EditFlow() => s_start = 3; [Parameter] public int Size", "load " + All },
        { "meaning of an alias", "Area = Shop.Geometry.Circle", "Area = Shop.Geometry.Square", "measure" },
        { "operator", "a.X + b.X", "a.X - b.X", OfPoints },
        { "implicit conversion", "$\"{point.X}\"", "$\"{point.Y}\"", "convert" },
        { "enumerator", "left-- > 0", "left-- > 1", "sum" },
        { "awaiter, an extension", "Task.FromResult(pause.Value)", "Task.FromResult(pause.Value + 1)", "load " + All },
        { "initializer of a collection", "Count += item", "Count -= item", "collect" },
        { "deconstruction", "b = 1;", "b = 2;", "split" },
        { "handler of an interpolated string", "_text += value", "_text += value + 1", "print" },
        { "implementation of an interface", "x * 2; }\npublic sealed class Tripler", "x * 22; }\npublic sealed class Tripler", "call" },
        { "another implementation", "x * 3", "x * 33", "call" },
        { "new implementation", "public interface IGreeter", "public sealed class Tenfold : IOperation { public int Run(int x) => x * 10; } public interface IGreeter", "call" },
        { "query", "[.. Items.Select(map)]", "[.. Items.Select(map).Reverse()]", "query" },
        { "end of a scope", "\"closed\"", "\"done\"", "close" },
        { "extension", "Twice(this int x) => x * 2", "Twice(this int x) => x + x", "extend" },
        { "constant of another type", "Most = 9", "Most = 10", "constant" },
        { "another constant of that type", "Least = 1", "Least = 2", "constant" },
        { "default method of an interface", "int Greet() => 1;", "int Greet() => 2;", "default" },
        { "code that reads the flow object", "? 1 : 0", "? 2 : 0", "whole" },
        { "type that nobody uses", "Never() => 5", "Never() => 6", "" },
        { "static initializer of what nobody uses", "Start() => 1", "Start() => 2", "" },
        { "virtual member of a base class", "virtual double Surface => 0", "virtual double Surface => 1", "measure" },
        { "derived class that may stand for its base", "side * side", "side + side", "measure" },
        { "new member of an input's type", "record Point(int X, int Y)", "record Point(int X, int Y, int Z = 0)", OfPoints },
        { "member of a type in an output", "public sealed record Point(", "[Obsolete] public sealed record Point(", OfPoints },
        { "order of types", "public static class Lonely { public static int Never() => 5; }\npublic static class Clock { public static int Ticks = Start(); private static int Start() => 1; }",
            "public static class Clock { public static int Ticks = Start(); private static int Start() => 1; }\npublic static class Lonely { public static int Never() => 5; }", "" },
        { "overloads that are not taken", "private int Inner() => Depth;", "private int Inner() => Depth; private int Helper(int item, int more = 0) => 1; private long Helper(long item) => 2;", "whole" },
    };

    /// <summary>All steps that the class itself declares.</summary>
    private const string All = "scale grid fit measure shape add convert sum wait collect split print call query close extend start offset isBig big improve local constant default version whole";

    [Theory, MemberData(nameof(Edits))]
    public void Edit_OfAnything_ChangesTheStepsThatMayReachIt(string edit, string before, string after, string changed)
    {
        string[] sources = [EditProgram.Flow, EditProgram.Library, EditProgram.Shapes];
        Assert.Equal(1, sources.Sum(source => source.Split(before).Length - 1));

        var edited = Fingerprint([.. sources.Select(source => source.Replace(before, after, StringComparison.Ordinal))]);

        // Whoever hands its object away reaches all members of the flow, and what they reach.
        var expected = changed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(changed.Length > 0 ? ["whole"] : []).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal($"{edit}: {string.Join(" ", expected)}", $"{edit}: {string.Join(" ", s_start.Value.Changed(edited).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void Edits_Table_HasFortyRowsAndMore() => Assert.True(Edits.Count >= 40, $"{Edits.Count} rows");

    [Fact]
    public void Move_OfPartsBetweenFiles_ChangesNothing()
    {
        var cut = EditProgram.Flow.IndexOf("    private bool More", StringComparison.Ordinal);
        var (first, second) = (EditProgram.Flow[..cut] + "}", "namespace Shop; public partial class EditFlow {" + EditProgram.Flow[cut..]);

        Assert.Equal("", s_start.Value.Changed(Fingerprint(first, second, EditProgram.Library, EditProgram.Shapes)));
        Assert.Equal("", s_start.Value.Changed(Fingerprint(second, EditProgram.Shapes, first, EditProgram.Library)));
    }

    [Fact]
    public void Reads_OfEachStep_AreTheParametersThatItMayRead()
    {
        var start = s_start.Value;
        Assert.Equal(("size", "depth", "depth", "depth size", ""), (start.Reads("scale"), start.Reads("fit"), start.Reads("improve"), start.Reads("whole"), start.Reads("measure")));
    }

    [Fact]
    public void Parts_OfAStep_HaveNamesThatPeopleKnow() =>
        Assert.Equal(["Shop.EditFlow.Depth", "Shop.EditFlow.Fit", "Shop.EditFlow.Helper", "Shop.EditFlow.Inner"], s_start.Value.Names("fit").Where(name => name.StartsWith("Shop.EditFlow", StringComparison.Ordinal)));

    /// <summary>Code that cannot be followed, and a change elsewhere that must count then.</summary>
    [Theory]
    [InlineData("dynamic", "(int)((dynamic)load).Foo()")]
    [InlineData("code of another generator", "Missing.Made(load)")]
    [InlineData("reflection", "(int)typeof(Lonely).GetMethod(\"Never\")!.Invoke(null, [])!")]
    [InlineData("a type by name", "Type.GetType(\"Shop.Lonely\") is null ? 1 : 0")]
    [InlineData("expression trees", "((System.Linq.Expressions.Expression<Func<int>>)(() => load)).Compile()()")]
    public void Step_ThatCannotBeFollowed_ReachesAllOfTheProject(string what, string body)
    {
        var flow = EditProgram.Flow.Replace("int Close(int load) { using var scope = new Scope(); return load; }", $"int Close(int load) => {body};", StringComparison.Ordinal);

        var start = Fingerprint(flow, EditProgram.Library, EditProgram.Shapes);
        var edited = Fingerprint(flow, EditProgram.Library.Replace("Never() => 5", "Never() => 6", StringComparison.Ordinal), EditProgram.Shapes);

        Assert.Equal((what, "close whole", "depth size"), (what, start.Changed(edited), start.Reads("close")));
    }

    [Fact]
    public void Program_OfTheTests_IsResolvedEverywhereElse()
    {
        Assert.DoesNotContain(s_start.Value.Steps, step => s_start.Value.Names(step).Contains("all of the project"));
        Assert.Empty(s_start.Value.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(problem => problem.Severity == DiagnosticSeverity.Error));
    }

    [Theory, InlineData(Programs.Churn), InlineData(Programs.Sales), InlineData(Programs.Shapes), InlineData(Programs.Release)]
    public void Programs_OfOtherTests_AreResolved(string program)
    {
        var code = Fingerprint(program);
        Assert.DoesNotContain(code.Steps, step => code.Names(step).Contains("all of the project"));
    }

    [Fact]
    public void Options_OverflowsAreChecked_ChangesAllSteps()
    {
        var compilation = Compiler.Compilation(EditProgram.Flow, EditProgram.Library, EditProgram.Shapes);
        var edited = new Fingerprinted(compilation.WithOptions(compilation.Options.WithOverflowChecks(true)));
        Assert.Equal(s_start.Value.Steps, s_start.Value.Changed(edited).Split(' '));
    }

    private static Fingerprinted Fingerprint(params string[] sources) => new(Compiler.Compilation(sources));
}
