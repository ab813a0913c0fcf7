using CsCheck;
using FlowGen;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>Random graphs in a random order of events against the definition. FLOWGEN_LONG=1 runs a hundred times as many.</summary>
public class SchedulerProperties
{
    private static readonly int Iterations = Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1" ? 200_000 : 2_000;

    private static readonly Gen<(int Steps, int Dimensions, int Seed)> Scenarios = Gen.Select(Gen.Int[1, 8], Gen.Int[0, 4], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void AnyOrderOfEvents_ToTheEnd_EndsAsTheReferenceSays() => Scenarios.Sample(random =>
    {
        var scenario = new RandomScenario(random.Steps, random.Dimensions, random.Seed);
        var outcome = new Outcome(scenario);
        var run = new RandomRun(scenario, outcome, mayStop: false, failFast: false);
        run.ToTheEnd();

        AssertComplete(outcome, run);
    }, iter: Iterations);

    [Fact]
    public void SomeTasksTakenOver_ToTheEnd_EndsAsTheReferenceSays() => Scenarios.Sample(random =>
    {
        var scenario = new RandomScenario(random.Steps, random.Dimensions, random.Seed);
        var outcome = new Outcome(scenario);
        var run = new RandomRun(scenario, outcome, mayStop: false, failFast: false);
        run.ToTheEnd();

        AssertComplete(outcome, run);
    }, iter: Iterations);

    [Fact]
    public void StoppedOrFailFast_ToTheEnd_DecidesNothingOtherwiseThanTheReference() => Scenarios.Sample(random =>
    {
        var scenario = new RandomScenario(random.Steps, random.Dimensions, random.Seed);
        var outcome = new Outcome(scenario);
        var run = new RandomRun(scenario, outcome, mayStop: true, failFast: random.Seed % 2 == 0);
        run.ToTheEnd();

        foreach (var (task, fate) in run.Decided) Assert.Equal(outcome.Fates[task], fate);
        var failed = run.Decided.Any(task => task.Value is TaskPhase.Failed or TaskPhase.Blocked && !scenario.Graph.Steps[task.Key.Step].Contained);
        Assert.Equal(run.Decided.Count < outcome.Fates.Count && run.Stopped ? RunStatus.Cancelled : failed ? RunStatus.Failed : RunStatus.Succeeded, run.Status);
        Assert.True(run.Decided.Count == outcome.Fates.Count || run.Stopped || failed);
    }, iter: Iterations);

    private static void AssertComplete(Outcome outcome, RandomRun run)
    {
        Assert.Equal(outcome.Fates, run.Decided);
        Assert.Equal(outcome.Status, run.Status);
        run.AssertAllReleased();
    }
}
