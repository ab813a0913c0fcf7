using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>Emitted code is compiled, loaded and called.</summary>
public class ExecutionTests
{
    [Fact]
    public async Task Definition_OfChurnFlow_RunsToItsEnd()
    {
        var program = new Loaded(Programs.Churn);
        var artifacts = await Interpreter.RunAsync(program.Definition("Shop.ChurnFlow"), ("customers", "a.csv"));

        Assert.Equal(["table", "train", "test", "grid", "fit", "best", "assess"], artifacts.Keys);
        Assert.Equal([3.0, 4, 5, 6, 7, 8, 9, 10], Assert.IsType<double[]>(artifacts["train"]));
        Assert.Equal("Candidate { Trees = 100, Auc = 8.333333333333334 }", artifacts["best"]!.ToString());
        Assert.Equal(["20", "50", "100"], ((object[])artifacts["fit"]!).Select(fit => fit.ToString()!.Split(' ', ',')[4]));
        Assert.Equal("Ship", artifacts["assess"]!.ToString());
    }

    [Fact]
    public void Definition_OfChurnFlow_DescribesIt()
    {
        var program = new Loaded(Programs.Churn);
        var flow = program.Definition("Shop.ChurnFlow");

        Assert.Equal(("churn", "ChurnFlow", "Trains churn models and keeps the best one."), (flow.Name, flow.ClassName, flow.Description));
        Assert.Equal(["testShare", "customers", "depth"], flow.Parameters.Select(p => p.Name));
        var fit = flow.Steps.Single(step => step.Name == "fit");
        Assert.Equal((new RetryPolicy(2, TimeSpan.FromSeconds(90)), TimeSpan.FromMinutes(10), 2), (fit.Retry, fit.Timeout, fit.MaxParallel));
        Assert.Equal([flow.Steps.IndexOf(flow.Steps.Single(step => step.Name == "assess"))], flow.Steps.Single(step => step.Name == "publish").After.Select(after => after.Step));
        Assert.Null(flow.Parameters[0].Validate(0.3));
        Assert.Equal("must be between 0.05 and 0.5", flow.Parameters[0].Validate(double.NaN));
        Assert.Equal("must be one of 1, 2, 3", flow.Parameters[2].Validate(4));
        Assert.Null(flow.Parameters[2].Validate(null));
    }

    [Fact]
    public async Task Steps_OfEveryShape_AreCalledAndAwaited()
    {
        var program = new Loaded("""
            [Flow]
            public partial class ShapesFlow
            {
                [Step] private static int One() => 1;
                [Step] protected Task<int> TwoAsync() => Task.FromResult(2);
                [Step] internal async ValueTask<int> Three() { await Task.Yield(); return 3; }
                [Step] public Task NothingAsync(int one) => Task.CompletedTask;
                [Step] public ValueTask Neither(int two) => default;
                [Step] public void Silent(int three) { }
                [Step] public async Task<(int four, string? @class)> Pair(int one, int three) { await Task.Yield(); return (one + three, null); }
                [Step(Makes = "both")] public (int a, int b) Makes(int four, int? two) => (four, two ?? 0);
                [Step] public (int, int) Unnamed((int a, int b) both) => (both.b, both.a);
                [Step] public string Last(object? @class, (int, int) unnamed, int flow, int frame, int result) => $"{@class ?? "null"} {unnamed} {flow}{frame}{result}";
                [Parameter] public int Flow { get; init; } = 7;
                [Parameter] public int Frame { get; set; } = 8;
                [Parameter] private int Result { get; init; } = 9;
            }
            """);
        var artifacts = await Interpreter.RunAsync(program.Definition("ShapesFlow"));

        Assert.Equal((2, 4, "null (2, 4) 789"), (artifacts["two"], artifacts["four"], artifacts["last"]));
    }

    [Fact]
    public async Task Foreach_OverEveryKindOfList_IteratesAndGathers()
    {
        var program = new Loaded("""
            [Flow]
            public partial class ListsFlow
            {
                [Parameter] public string[] Regions { get; init; } = ["n", "s"];
                [Step] public List<int> Numbers() => [1, 2, 3];
                [Step] public ImmutableArray<int> Immutable() => [4, 5];
                [Step] public IReadOnlyList<string?> Texts() => ["x", null];
                [Step] public int Squared([ForEach(nameof(Numbers))] int number) => number * number;
                [Step] public int Halved([ForEach] int immutable, int total) => immutable * 10 + total;
                [Step] public (string text, int length) Upper([ForEach("texts")] string? item) => (item ?? "none", item?.Length ?? 0);
                [Step] public string Region([ForEach(nameof(Regions))] string region) => region + region;
                [Step] public int Total([Gather(nameof(Squared))] int[] squares) => squares.Sum();
                [Step] public int Sum([Gather(nameof(Halved))] ImmutableArray<int> halves, [Gather("length")] IReadOnlyList<int> lengths) => halves.Sum() + lengths.Sum();
                [Step] public string Joined([Gather("text")] IReadOnlyList<object> texts, [Gather(nameof(Region))] IReadOnlyList<string> regions) => string.Join(",", texts) + string.Join(",", regions);
            }
            """);
        var artifacts = await Interpreter.RunAsync(program.Definition("ListsFlow"));

        Assert.Equal((14, 4 * 10 + 14 + 5 * 10 + 14 + 1, "x,nonenn,ss"), (artifacts["total"], artifacts["sum"], artifacts["joined"]));
    }

    [Fact]
    public async Task Steps_OfBaseClasses_RunAsTheirMostDerivedSelves()
    {
        var program = new Loaded("""
            namespace @event.Inner;

            public abstract class Base<T>
            {
                [Parameter] public string Root { get; protected init; } = "r";
                [Step] protected abstract T Load();
                [Step, Retry(3)] public virtual string Show([From(nameof(Load))] T value) => $"base {value}";
                [Step] public virtual int Count(string show) => show.Length;
            }

            public partial class Outer
            {
                [Flow("in-ner")]
                internal sealed partial class @class : Base<int>
                {
                    protected override int Load() => 5;
                    public override string Show(int number) => $"{Root} {number}";
                    [Step(Makes = "size")] public override int Count(string show) => show.Length * 10;
                }
            }
            """);
        var flow = program.Definition("event.Inner.Outer+class");
        var artifacts = await Interpreter.RunAsync(flow, ("root", "given"));

        Assert.Equal("in-ner", flow.Name);
        Assert.Equal(3, flow.Steps.Single(step => step.Name == "show").Retry!.Times);
        Assert.Equal(("given 5", 70), (artifacts["show"], artifacts["size"]));
    }

    [Fact]
    public async Task Invoke_WithOverloadsAround_CallsTheStepItself()
    {
        var program = new Loaded("""
            [Flow]
            public partial class OverloadsFlow
            {
                [Step] public int[] Numbers() => [1];
                [Step] public string Read(IReadOnlyList<int> numbers) => "step";
                public string Read(int[] numbers) => "other";
            }
            """);
        var flow = program.Definition("OverloadsFlow");
        var frame = new StepFrame(flow.Create([]), [new[] { 1 }], 1, new FakeContext("read"), TestContext.Current.CancellationToken);
        await flow.Steps[1].Invoke(frame);

        Assert.Equal("step", frame.Outputs[0]);
    }
}
