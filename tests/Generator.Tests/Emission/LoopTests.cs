using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>Loops, alternatives and contained failures in the definition of a flow.</summary>
public class LoopTests
{
    private const string Program = """
        public sealed record Model(double Loss);

        public abstract class Improving
        {
            protected bool GoesOn(Model model) => model.Loss > Tolerance;
            [Parameter] public double Tolerance { get; init; } = 0.2;
        }

        [Flow]
        public partial class TuneFlow : Improving
        {
            [Step] public static Model Start() => new(1);
            [Step, Loop(nameof(GoesOn), Max = 100)] public (int round, Model model) Improve(Model start, [Carry(nameof(Start))] Model model) => (1, model with { Loss = model.Loss / 2 });
            [Step, Loop(nameof(IsShort), Max = 3, StopAtMax = true)] private static string Grow([Carry("initial")] string text) => text + "!";
            private static bool IsShort(object text) => text is string { Length: < 5 };
            [Parameter] public string Initial { get; init; } = "x";
            [Step] public bool IsGood(Model model) => model.Loss < 0.5;
            [Step, When(nameof(IsGood))] public string Ship() => "ship";
            [Step, When(nameof(IsGood), false)] public string Drop() => "drop";
            [Step] public void Report([OneOf(nameof(Ship), nameof(Drop))] string what, [OneOf(nameof(Drop), nameof(Ship))] Artifact<object>? unused) { }
        }
        """;

    private static readonly string s_sound = Program.Replace("Artifact<object>? unused", "Artifact<object> handle", StringComparison.Ordinal);

    [Fact]
    public void Loop_OfATuple_CarriesTheElementOfTheInputsNameOn()
    {
        var program = new Loaded(s_sound);
        var flow = program.Definition("TuneFlow");
        var improve = flow.Steps.Single(step => step.Name == "improve");
        var model = program.Assembly.GetType("Model")!;

        Assert.Equal((100, false, 1), (improve.Loop!.Max, improve.Loop.StopAtMax, improve.Loop.Output));
        Assert.Equal([InputShape.Value, InputShape.Carry], improve.Inputs.Select(input => input.Shape));
        Assert.Equal("start", flow.Artifacts[improve.Inputs[1].Source].Name);
        var instance = flow.Create([.. flow.Parameters.Select(parameter => parameter.Name == "tolerance" ? (object?)0.3 : "x")]);
        Assert.True(improve.Loop.KeepGoing(instance, Activator.CreateInstance(model, 0.31)));
        Assert.False(improve.Loop.KeepGoing(instance, Activator.CreateInstance(model, 0.29)));
    }

    [Fact]
    public void Loop_WithAStaticPredicate_AsksItAboutTheValue()
    {
        var program = new Loaded(s_sound);
        var flow = program.Definition("TuneFlow");
        var grow = flow.Steps.Single(step => step.Name == "grow");

        Assert.Equal((3, true, 0), (grow.Loop!.Max, grow.Loop.StopAtMax, grow.Loop.Output));
        Assert.Equal((SourceKind.Parameter, "initial"), (grow.Inputs[0].Kind, flow.Parameters[grow.Inputs[0].Source].Name));
        Assert.Equal((true, false), (grow.Loop.KeepGoing(new(), "four"), grow.Loop.KeepGoing(new(), "fives")));
    }

    [Fact]
    public void OneOf_NamesAllAlternativesInOrder()
    {
        var program = new Loaded(s_sound);
        var flow = program.Definition("TuneFlow");
        var report = flow.Steps.Single(step => step.Name == "report");

        Assert.Equal(["ship", "drop"], report.Inputs[0].Alternatives.Select(position => flow.Artifacts[position].Name));
        Assert.Equal(["drop", "ship"], report.Inputs[1].Alternatives.Select(position => flow.Artifacts[position].Name));
        Assert.Equal((InputShape.OneOf, InputWrap.Handle, report.Inputs[1].Alternatives[0]), (report.Inputs[1].Shape, report.Inputs[1].Wrap, report.Inputs[1].Source));
        Assert.Empty(report.Guard);
    }

    [Fact]
    public void Comment_OfALoopWithAlternatives_ShowsThem()
    {
        var source = Compiler.Compile(s_sound).AssertClean().Source("TuneFlow.g.cs");
        Assert.Contains("// improve(start, start carried on)   -> round, model up to 100 times\n", source, StringComparison.Ordinal);
        Assert.Contains("// report(ship or drop, drop or ship) -> nothing\n", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Step] public void Sum([Gather(nameof(Parse), MinSuccess = 0.9)] int[] all) { }", "urls, fetch, parse")]
    [InlineData("[Step] public void Sum([Gather(nameof(Parse))] IReadOnlyList<Outcome<int>> all) { }", "urls, fetch, parse")]
    [InlineData("[Step] public void Sum([Gather(nameof(Parse))] int[] all) { }", "")]
    [InlineData("[Step] public void Sum([Gather(nameof(Parse), MinSuccess = 0.9)] int[] all) { } [Step] public void Log(int fetch) { }", "parse")]
    [InlineData("[Step] public int Sum([Gather(nameof(Parse))] int[] all) => 1; [Step] public void Tell(Outcome<int> sum) { }", "urls, fetch, parse, sum")]
    [InlineData("[Step] public void Sum([Gather(nameof(Parse), MinSuccess = 0.9)] int[] all) { } [Step, After(nameof(Parse), Always = true)] public void Clean() { }", "urls, fetch, parse")]
    [InlineData("[Step] public void Sum([Gather(nameof(Parse), MinSuccess = 0.9)] int[] all) { } [Step, After(nameof(Parse))] public void Clean() { }", "")]
    [InlineData("[Step] public void Tell([Gather(nameof(Fetch))] Outcome<int>[] all) { } [Step] public bool Good([Gather(nameof(Parse))] Outcome<int>[] all) => true; [Step, When(nameof(Good))] public void Ship() { }", "urls, fetch, parse")]
    [InlineData("[Step] public bool Good(int fetch) => true; [Step, When(nameof(Good))] public int Use(int parse) => parse; [Step] public void Tell([Gather(nameof(Use))] Outcome<int>[] all) { }", "urls, fetch, parse, good, use")]
    [InlineData("[Step, After(nameof(Urls), Always = true)] public void Clean() { }", "")]
    public void Contained_IsWhoseConsumersAllAcceptFailures(string members, string expected)
    {
        var program = new Loaded(
            $"[Flow] public partial class F {{ [Step] public int[] Urls() => [1]; [Step] public int Fetch([ForEach(nameof(Urls))] int url) => url; [Step] public int Parse(int fetch) => fetch; {members} }}");
        var contained = program.Definition("F").Steps.Where(step => step.Contained).Select(step => step.Name);

        Assert.Equal(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries), contained);
    }
}
