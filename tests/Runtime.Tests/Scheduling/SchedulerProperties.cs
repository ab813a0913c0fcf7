using CsCheck;
using FlowGen;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

public class SchedulerProperties
{
    private static readonly Gen<(int Steps, int Dimensions, int Seed)> Scenarios = Gen.Select(Gen.Int[1, 9], Gen.Int[0, 3], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void AnyOrderOfEvents_ToTheEnd_EndsAsTheReferenceSays() => Scenarios.Sample(random =>
    {
        var scenario = new RandomScenario(random.Steps, random.Dimensions, random.Seed);
        var run = new RandomRun(scenario, mayStop: false, failFast: false);
        run.ToTheEnd();

        AssertComplete(scenario, run);
    }, iter: 20_000);

    [Fact]
    public void SomeTasksTakenOver_ToTheEnd_EndsAsTheReferenceSays() => Scenarios.Sample(random =>
    {
        var scenario = new RandomScenario(random.Steps, random.Dimensions, random.Seed);
        var run = new RandomRun(scenario, mayStop: false, failFast: false);
        run.TakeOverSome();
        run.ToTheEnd();

        AssertComplete(scenario, run);
    }, iter: 20_000);

    [Fact]
    public void StoppedOrFailFast_ToTheEnd_DecidesNothingOtherwiseThanTheReference() => Scenarios.Sample(random =>
    {
        var scenario = new RandomScenario(random.Steps, random.Dimensions, random.Seed);
        var run = new RandomRun(scenario, mayStop: true, failFast: random.Seed % 2 == 0);
        run.ToTheEnd();

        foreach (var (task, outcome) in run.Decided) Assert.Equal(scenario.Outcome(task), outcome);
        var all = Enumerable.Range(0, scenario.Graph.Steps.Length).SelectMany(scenario.Reported).All(run.Decided.ContainsKey);
        Assert.Equal(
            !all && run.Stopped ? RunStatus.Cancelled
            : run.Decided.ContainsValue(TaskPhase.Failed) ? RunStatus.Failed : RunStatus.Succeeded, run.Status);
    }, iter: 20_000);

    private static void AssertComplete(RandomScenario scenario, RandomRun run)
    {
        var expected = Enumerable.Range(0, scenario.Graph.Steps.Length).SelectMany(scenario.Reported).ToDictionary(task => task, scenario.Outcome);
        Assert.Equal(expected, run.Decided);
        Assert.Equal(expected.ContainsValue(TaskPhase.Failed) ? RunStatus.Failed : RunStatus.Succeeded, run.Status);
        run.AssertAllReleased();
    }
}
