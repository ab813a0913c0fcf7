using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>Decisions and guards in the definition of a flow.</summary>
public class ChoiceTests
{
    private const string Program = """
        public enum Verdict { Reject = -1, [Obsolete("", true)] Wait, Ship, Go = Ship, @default }

        [Flow]
        public partial class ChoicesFlow
        {
            [Parameter] public string Region { get; init; } = "eu";
            [Step] public Verdict Assess() => Verdict.Ship;
            [Step] public bool IsNew() => true;
            [Step] public sbyte Level() => 1;
            [Step, When(nameof(Assess), Verdict.Ship, Verdict.@default)] public int[] Items() => [1, 2];
            [Step, Otherwise(nameof(Assess))] public string Explain() => "";
            [Step, When(nameof(IsNew), false)] public int Work([ForEach(nameof(Items))] int item) => item;
            [Step, When(nameof(Region), "eu", "a\"b")] public int Sum([Gather(nameof(Work))] int[] work) => work.Sum();
            [Step, When(nameof(Level), -1)] public void Low(string? explain) { }
            [Step, Otherwise(nameof(Level))] public void High(string explain) { }
            [Step] public bool IsOdd([ForEach(nameof(Items))] int item) => item % 2 == 1;
            [Step, When(nameof(IsOdd))] public int Odd([ForEach(nameof(Items))] int item) => item;
            [Step] public int OddSum([Gather(nameof(Odd))] int[] odd) => odd.Sum();
            [Step, After(nameof(Sum)), After(nameof(OddSum), Always = true)] public void Clean() { }
        }
        """;

    [Fact]
    public void Decisions_OfEveryType_NumberTheirValues()
    {
        var program = new Loaded(Program);
        var flow = program.Definition("ChoicesFlow");
        var verdict = program.Assembly.GetType("Verdict")!;

        Assert.Equal(
            ["assess Reject,Wait,Ship,default closed", "isNew true,false closed", "region eu,a\"b open", "level -1 open", "isOdd true,false closed"],
            flow.Decisions.Select(d => $"{d.Name} {string.Join(",", d.Values)} {(d.IsClosed ? "closed" : "open")}"));
        Assert.Equal([0, 1, 2, 3, -1], new[] { -1, 0, 1, 2, 3 }.Select(value => flow.Decisions[0].Classify(Enum.ToObject(verdict, value))));
        Assert.Equal([0, 1], new[] { true, false }.Select(value => flow.Decisions[1].Classify(value)));
        Assert.Equal([0, 1, 2], new[] { "eu", "a\"b", "us" }.Select(value => flow.Decisions[2].Classify(value)));
        Assert.Equal([0, 1], new sbyte[] { -1, 1 }.Select(value => flow.Decisions[3].Classify(value)));
        Assert.Equal((SourceKind.Parameter, "region"), (flow.Decisions[2].Kind, flow.Parameters[flow.Decisions[2].Source].Name));
        Assert.Equal((SourceKind.Artifact, "level"), (flow.Decisions[3].Kind, flow.Artifacts[flow.Decisions[3].Source].Name));
    }

    [Theory]
    [InlineData("items", "assess 0011")]
    [InlineData("explain", "assess 1100")]
    [InlineData("work", "assess 0011 inherited, isNew 01")]
    [InlineData("sum", "assess 0011 inherited, isNew 01 inherited, region 110")]
    [InlineData("low", "level 10")]
    [InlineData("high", "assess 1100 inherited, level 01")]
    [InlineData("isOdd", "assess 0011 inherited")]
    [InlineData("odd", "assess 0011 inherited, isOdd 10")]
    [InlineData("oddSum", "assess 0011 inherited")]
    [InlineData("clean", "")]
    public void Guard_OfEachStep_IsComplete(string step, string expected)
    {
        var program = new Loaded(Program);
        var flow = program.Definition("ChoicesFlow");
        var guard = flow.Steps.Single(s => s.Name == step).Guard.Select(side =>
            $"{flow.Decisions[side.Decision].Name} {string.Concat(side.Allowed.Select(allowed => allowed ? 1 : 0))}{(side.IsInherited ? " inherited" : "")}");

        Assert.Equal(expected, string.Join(", ", guard));
    }

    [Fact]
    public void After_WithAlways_SaysSo()
    {
        var program = new Loaded(Program);
        var flow = program.Definition("ChoicesFlow");
        Assert.Equal([("sum", false), ("oddSum", true)], flow.Steps.Single(step => step.Name == "clean").After.Select(after => (flow.Steps[after.Step].Name, after.Always)));
    }

    [Fact]
    public void Comment_OfAGuardedFlow_ShowsWhenEachStepRuns() =>
        Assert.Contains("-> odd for each of items when assess is Ship or default and isOdd is true\n", Compiler.Compile(Program).AssertClean().Source("ChoicesFlow.g.cs"), StringComparison.Ordinal);
}
