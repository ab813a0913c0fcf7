using FlowGen.Generator;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Incremental;

/// <summary>What an edit makes the generator do again.</summary>
public class CachingTests
{
    /// <summary>The edit, and whether discovery gives something new, the flow is parsed again, and its source is emitted again.</summary>
    public static TheoryData<string, string, string, bool, bool, bool> Edits => new()
    {
        { "comment", "var rows =", "/* how many */ var rows =", false, false, false },
        { "white space", "[Step] internal static", "\n\n    [Step]   internal static", false, false, false },
        { "method body", "table.Length * TestShare", "table.Length * 2 * TestShare", false, false, false },
        { "lambda body", "c => c.Auc", "c => -c.Auc", false, false, false },
        { "doc comment of a step", "Splits the table.", "Splits the table in two.", true, true, true },
        { "doc comment of the flow", "keeps the", "returns the", true, true, true },
        { "name of a local type", "record Settings(int Trees)", "record Settings(int Trees, int Depth = 0)", false, true, true },
        { "new member of no interest", "[Step] internal static", "public int Unused() => 1; [Step] internal static", false, true, false },
        { "renamed step", "Candidate Best(", "Candidate Champion(", false, true, true },
        { "new step", "[Step] internal static", "[Step] public int More() => 1; [Step] internal static", false, true, true },
        { "attribute", "Retry(2,", "Retry(3,", false, true, true },
        { "default of a parameter", "= 0.2", "= 0.3", false, true, true },
        { "range of a parameter", "Range(0.05, 0.5)", "Range(0.05, 0.6)", false, true, true },
    };

    [Theory, MemberData(nameof(Edits))]
    public void Edit_OfTheFlow_RerunsOnlyWhatItMust(string edit, string before, string after, bool discovers, bool parses, bool emits)
    {
        Assert.Contains(before, Programs.Churn, StringComparison.Ordinal);
        AssertReruns(edit, compilation => Replace(compilation, Programs.Churn.Replace(before, after, StringComparison.Ordinal)), discovers, parses, emits);
    }

    /// <summary>As <see cref="Edits"/>, of what several dimensions and shapes are written with.</summary>
    public static TheoryData<string, string, string, bool, bool> DimensionEdits => new()
    {
        { "body of a step in dimensions", "string.Join(\"+\", scores)", "string.Join(\"-\", scores)", false, false },
        { "limit of a foreach", "MaxParallel = 2", "MaxParallel = 3", true, true },
        { "limit that is not the least", "MaxParallel = 4", "MaxParallel = 5", true, false },
        { "label", "Label = nameof(Store.Name)", "Label = nameof(Store.Days)", true, true },
        { "dimension gathered over", "Over = nameof(Days)", "Over = nameof(Stores)", true, true },
        { "spelling of a dimension", "Over = \"SETTINGS\"", "Over = nameof(Settings)", true, false },
        { "order of foreaches", "[ForEach(nameof(Settings), MaxParallel = 4)] int setting, [ForEach(nameof(Days), MaxParallel = 2)] int day,", "[ForEach(nameof(Days), MaxParallel = 2)] int day, [ForEach(nameof(Settings), MaxParallel = 4)] int setting,", true, true },
        { "share", "MinSuccess = 0.5", "MinSuccess = 0.6", true, true },
        { "shape of an input", "Outcome<string> score", "Artifact<string> score", true, true },
    };

    [Theory, MemberData(nameof(DimensionEdits))]
    public void Edit_OfDimensionsAndShapes_RerunsOnlyWhatItMust(string edit, string before, string after, bool parses, bool emits)
    {
        Assert.Contains(before, Programs.Sales, StringComparison.Ordinal);
        AssertReruns(edit, compilation => Replace(compilation, Programs.Sales.Replace(before, after, StringComparison.Ordinal)), false, parses, emits, Programs.Sales);
    }

    /// <summary>As <see cref="Edits"/>, of what choices and loops are written with.</summary>
    public static TheoryData<string, string, string, bool, bool> ChoiceEdits => new()
    {
        { "body of what says whether to go on", "model.Loss > Goal", "model.Loss > Goal + 1", false, false },
        { "value of a condition", "When(nameof(Region), \"eu\")", "When(nameof(Region), \"us\")", true, true },
        { "order of values", "Verdict.Hold, Verdict.Reject)", "Verdict.Reject, Verdict.Hold)", true, false },
        { "spelling of a value", "When(nameof(IsPublic))", "When(nameof(IsPublic), true)", true, false },
        { "new member of a decision", "Hold, Ship }", "Hold, Late, Ship }", true, true },
        { "most iterations", "Max = 20", "Max = 30", true, true },
        { "seed", "Carry(nameof(Start))", "Carry(\"start\")", true, false },
        { "order of alternatives", "OneOf(nameof(Publish), nameof(Share)", "OneOf(nameof(Share), nameof(Publish)", true, true },
        { "clean-up", "After(nameof(Fetch), Always = true)", "After(nameof(Fetch))", true, true },
        { "the rest of a decision", "Otherwise(nameof(IsPublic))", "When(nameof(IsPublic), false)", true, false },
        { "one alternative less", ", nameof(Explain))] string what", ")] string? what", true, true },
        { "end of a loop at its limit", "StopAtMax = true", "StopAtMax = false", true, true },
        { "name of what says whether to go on", "nameof(KeepGoing)", "\"KeepGoing\"", true, false },
        { "shape of what may be missing", "Optional<string> notify) => $\"{what}, told {notify.Or(\"nobody\")}\"", "string? notify) => $\"{what}, told {notify ?? \"nobody\"}\"", true, true },
        { "failures that are put up with", "Gather(nameof(Fetch), MinSuccess = 0.5)", "Gather(nameof(Fetch))", true, true },
    };

    [Theory, MemberData(nameof(ChoiceEdits))]
    public void Edit_OfChoicesAndLoops_RerunsOnlyWhatItMust(string edit, string before, string after, bool parses, bool emits)
    {
        Assert.Contains(before, Programs.Release, StringComparison.Ordinal);
        AssertReruns(edit, compilation => Replace(compilation, Programs.Release.Replace(before, after, StringComparison.Ordinal)), false, parses, emits, Programs.Release);
    }

    private const string Inheriting = """
        public abstract class Base
        {
            [Step] public virtual (int train, int test) Split() => (1, 2);
            [Step] protected int Twice(int train) => train * 2;
        }

        [Flow]
        public partial class InheritingFlow : Base
        {
            public override (int train, int test) Split() => (3, 4);
            [Step] public int Sum(int twice, int test) => twice + test;
            [Finally] public void End(RunOutcome outcome) { }
        }
        """;

    /// <summary>As <see cref="Edits"/>, of steps in a base class and what is called at the end.</summary>
    public static TheoryData<string, string, string, bool, bool> InheritingEdits => new()
    {
        { "body of an override", "(3, 4)", "(4, 3)", false, false },
        { "body of an inherited step", "train * 2", "train + train", false, false },
        { "policy of what is overridden", "[Step] public virtual", "[Step, Retry(2)] public virtual", true, true },
        { "member of the base of no interest", "[Step] protected", "protected int Unused() => 1; [Step] protected", true, false },
        { "new step of the base", "[Step] protected", "[Step] public int More() => 1; [Step] protected", true, true },
        { "what is called at the end", "void End(", "void Finish(", true, true },
    };

    [Theory, MemberData(nameof(InheritingEdits))]
    public void Edit_OfInheritedSteps_RerunsOnlyWhatItMust(string edit, string before, string after, bool parses, bool emits)
    {
        Assert.Contains(before, Inheriting, StringComparison.Ordinal);
        AssertReruns(edit, compilation => Replace(compilation, Inheriting.Replace(before, after, StringComparison.Ordinal)), false, parses, emits, Inheriting);
    }

    [Fact]
    public void Edit_OfAnotherFilesBody_RerunsNothing() =>
        AssertReruns("other body", c => c.ReplaceSyntaxTree(c.SyntaxTrees.Last(), Tree("class Other { int M() => 2; }", "Other.cs")), false, false, false);

    [Fact]
    public void Edit_OfAnotherFilesDeclaration_ParsesAndEmitsNothing() =>
        AssertReruns("other declaration", c => c.ReplaceSyntaxTree(c.SyntaxTrees.Last(), Tree("class Other { int N() => 1; }", "Other.cs")), false, true, false);

    [Theory, InlineData(Programs.Churn), InlineData(Programs.Sales), InlineData(Programs.Shapes), InlineData(Programs.Release)]
    public void Models_OfAFlow_HoldNoCompilation(string program)
    {
        var result = Compiler.Driver(track: true).RunGenerators(Compiler.Compilation(program), TestContext.Current.CancellationToken).GetRunResult().Results[0];
        foreach (var name in new[] { FlowGenerator.Declarations, FlowGenerator.Parses, FlowGenerator.Models, FlowGenerator.Plugins })
        {
            var outputs = result.TrackedSteps[name].SelectMany(step => step.Outputs).ToList();
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => ModelWalk.AssertHoldsNoCompilation(output.Value));
        }
    }

    [Theory]
    [InlineData("Candidate Best(", "Candidate Champion(")]
    [InlineData("var rows =", "/* how many */ var rows =")]
    public void Edit_OfSource_LooksForNoPlugins(string before, string after) =>
        Assert.All(PluginReasons(compilation => Replace(compilation, Programs.Churn.Replace(before, after, StringComparison.Ordinal))), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

    [Fact]
    public void Edit_OfReferences_LooksForPlugins()
    {
        Assert.Equal([IncrementalStepRunReason.Modified], PluginReasons(compilation => compilation.RemoveReferences(S3)));
        Assert.Equal([IncrementalStepRunReason.Unchanged], PluginReasons(compilation => compilation.RemoveReferences(compilation.References.Single(reference => reference.Display!.EndsWith("Microsoft.Extensions.Logging.Abstractions.dll", StringComparison.Ordinal)))));
    }

    private static readonly MetadataReference S3 = MetadataReference.CreateFromFile(typeof(FlowGen.S3.S3Plugin).Assembly.Location);

    private static List<IncrementalStepRunReason> PluginReasons(Func<CSharpCompilation, CSharpCompilation> change)
    {
        var compilation = Compiler.Compilation(Programs.Churn).AddReferences(S3);
        var driver = Compiler.Driver(track: true).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var result = driver.RunGenerators(change(compilation), TestContext.Current.CancellationToken).GetRunResult().Results[0];
        return [.. Reasons(result, FlowGenerator.Plugins)];
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string source) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Tree(source, "File1.cs"));

    private static SyntaxTree Tree(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, Compiler.ParseOptions, path, cancellationToken: TestContext.Current.CancellationToken);

    private static void AssertReruns(string edit, Func<CSharpCompilation, CSharpCompilation> change, bool discovers, bool parses, bool emits, string program = Programs.Churn)
    {
        var compilation = Compiler.Compilation(program).AddSyntaxTrees(Tree("class Other { int M() => 1; }", "Other.cs"));
        var driver = Compiler.Driver(track: true).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var result = driver.RunGenerators(change(compilation), TestContext.Current.CancellationToken).GetRunResult().Results[0];

        Assert.Equal((edit, discovers, parses, emits), (edit,
            Reasons(result, FlowGenerator.Declarations).Any(IsNew),
            Reasons(result, FlowGenerator.Parses).Any(reason => reason != IncrementalStepRunReason.Cached),
            Reasons(result, FlowGenerator.Models).Any(IsNew)));
    }

    private static bool IsNew(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);
}
