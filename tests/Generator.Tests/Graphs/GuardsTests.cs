using CsCheck;
using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>Guards of random flows against every execution of them: all values that decisions can have, in every task.</summary>
public class GuardsTests
{
    [Fact]
    public void Box_OfAnyStep_SaysYesExactlyInTheExecutionsInWhichItsInputsWereMade()
    {
        var merges = 0;
        RandomGuards.Flows.Sample(flow =>
        {
            var guards = new Guards([.. Enumerable.Range(0, flow.Steps.Count)], flow.Steps, flow.Decisions);
            var executions = new Executions(flow, guards);
            for (var step = 0; step < flow.Steps.Count; step++)
            {
                if (guards[step] is null) continue;
                foreach (var (execution, task) in executions.TasksOf(step)) Assert.Equal(executions.Runs(step, execution, task), executions.SaysYes(guards[step]!, execution, task));
                Assert.Contains(executions.TasksOf(step), at => executions.Runs(step, at.Execution, at.Task));
                Interlocked.Add(ref merges, flow.Steps[step].Inputs.Count(input => input.Kind == GuardInputKind.OneOf));
            }
        }, iter: 4_000, print: flow => flow.ToString());
        Assert.True(merges > 20, $"Only {merges} merges were accepted.");
    }

    [Fact]
    public void Problems_OfAnyFlow_HaveAnExecutionThatShowsThem()
    {
        var told = new int[4];
        RandomGuards.Flows.Sample(flow =>
        {
            var guards = new Guards([.. Enumerable.Range(0, flow.Steps.Count)], flow.Steps, flow.Decisions);
            var executions = new Executions(flow, guards);
            foreach (var problem in guards.Problems)
            {
                Assert.Null(guards[problem.Step]);
                Interlocked.Increment(ref told[(int)problem.Kind]);
                var tasks = executions.TasksOf(problem.Step).ToList();
                var producers = problem.Kind is GuardProblemKind.NotExclusive or GuardProblemKind.NotExhaustive ? flow.Steps[problem.Step].Inputs[problem.Position].Producers : [];
                switch (problem.Kind)
                {
                    case GuardProblemKind.DecisionOutsideScope:
                        var decision = flow.Steps[problem.Step].Conditions[problem.Position].Decision;
                        Assert.Equal((2, 1), (flow.Width(flow.Decisions[decision].Producer), flow.Width(problem.Step)));
                        break;
                    case GuardProblemKind.DeadBranch:
                        Assert.DoesNotContain(tasks, at => executions.Runs(problem.Step, at.Execution, at.Task));
                        Assert.All(problem.Demands, needless => Assert.True(
                            problem.Demands.Count == 1 || problem.Demands.Where(other => other != needless).Aggregate(Box.Always, (sum, other) => sum.And(other.Box))[problem.Decision]?.Contains(true) != false));
                        break;
                    case GuardProblemKind.NotExclusive:
                        Assert.Contains(tasks, at => executions.Runs(producers[problem.Overlap.First], at.Execution, at.Task) && executions.Runs(producers[problem.Overlap.Second], at.Execution, at.Task));
                        break;
                    case GuardProblemKind.NotExhaustive:
                        Assert.Contains(tasks, at => !producers.Any(producer => executions.Runs(producer, at.Execution, at.Task))
                            && problem.Gap.All(fact => executions.Value(fact.Decision, at.Execution, at.Task) == fact.Value));
                        break;
                }
            }
        }, iter: 4_000, print: flow => flow.ToString());
        Assert.All(told, count => Assert.True(count > 10, $"Told: {string.Join(", ", told)}."));
    }

    [Fact]
    public void Path_OfADemand_LeadsFromTheConditionThroughAllThatTookIt()
    {
        var yes = new GuardCondition(0, [true, false]);
        GuardStep Step(int producer, params GuardCondition[] conditions) => new(producer < 0 ? [] : [new GuardInput(GuardInputKind.Needed, [producer])], conditions, []);
        var guards = new Guards([0, 1, 2, 3], [Step(-1, yes), Step(0), Step(1), Step(2, new GuardCondition(0, [false, true]))], [new GuardDecision(-1, 2)]);

        var problem = Assert.Single(guards.Problems);
        Assert.Equal(["3", "0 1 2 3"], problem.Demands.Select(demand => string.Join(" ", guards.PathOf(3, demand, 0))).Order().Reverse());
    }

    [Fact]
    public void Gaps_OfAStep_AreThereExactlyIfADecisionInsideTheDimensionsSelects()
    {
        var inner = new GuardCondition(0, [true, false]);
        var outer = new GuardCondition(1, [true, false]);
        var guards = new Guards([0, 1, 2, 3],
            [new([], [], [7]), new([], [inner], [7]), new([], [outer], [7]), new([], [new GuardCondition(0, [true, true])], [7])], [new GuardDecision(0, 2), new GuardDecision(-1, 2)]);

        Assert.Equal([false, true, false, false], Enumerable.Range(0, 4).Select(step => guards.CanHaveGaps(step, [7])));
        Assert.False(guards.CanHaveGaps(1, [8]));
    }

    [Fact]
    public void Containment_OfAnyGraph_IsThatOfItsDefinition() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 5], Gen.Bool, (from, length, accepts) => (Producer: from, Consumer: from + length, Accepts: accepts)).Where(use => use.Consumer < 6).Array[0, 9].Sample(uses =>
        {
            var contained = Containment.Of([.. Enumerable.Range(0, 6)], 6, uses);
            for (var step = 0; step < 6; step++) Assert.Equal(IsContained(step), contained[step]);

            bool IsContained(int step) => uses.Any(use => use.Producer == step) && uses.Where(use => use.Producer == step).All(use => use.Accepts || IsContained(use.Consumer));
        });
}
