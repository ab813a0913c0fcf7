using CsCheck;
using FlowGen;
using FlowGen.Runs;

namespace Runtime.Tests.Executing.Reuse;

/// <summary>For random flows, edits and failures: a resumed run ends as a fresh one, and nothing ran that did not have to.</summary>
public class ReuseProperties
{
    private static readonly int s_programs = Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1" ? 5_000 : 150;

    [Fact]
    public async Task Resume_AfterEditsAndFailures_EndsAsAFreshRunAndRunsOnlyWhatItMust() => await Gen.Int[0, int.MaxValue].SampleAsync(async seed =>
    {
        var random = new Random(seed);
        var program = new RandomProgram(seed);
        var versions = program.Steps.ToDictionary(step => step, _ => 0);
        var first = new TestRun();
        var (last, _) = await first.StartAsync(program.Build(versions, random.Next(2) * random.Next(1, 12)));
        // Whatever was ever made in the chain of runs, by the task that made it.
        var makers = program.Makers(await first.ReadAsync(last)).ToDictionary();

        for (var round = 0; round < 4; round++)
        {
            foreach (var step in program.Steps.Where(_ => random.Next(4) == 0)) versions[step] = random.Next(3);
            program.Executed.Clear();
            var failing = random.Next(2) * random.Next(1, 12);
            var run = new TestRun { Store = first.Store };
            (last, var status) = await run.StartAsync(program.Build(versions, failing), last);
            var state = await run.ReadAsync(last);
            var executed = program.Executed.ToList();

            // Of equal tasks so many ran as the run has more of them than were made before.
            var now = program.Makers(state).ToList();
            foreach (var equal in executed.GroupBy(computed => computed))
            {
                var (has, made) = (now.Count(task => task.Computed == equal.Key), makers.Values.Count(computed => computed == equal.Key));
                Assert.True(equal.Count() == Math.Max(0, has - made), $"seed {seed}, round {round}: '{equal.Key}' ran {equal.Count()} times; the run has {has} of it, {made} were there");
            }

            if (status == RunStatus.Succeeded)
            {
                var fresh = new TestRun();
                var (other, _) = await fresh.StartAsync(program.Build(versions, failing: 0));
                Assert.Equal(await ResultsAsync(fresh, other), await ResultsAsync(run, last));
            }

            foreach (var (maker, computed) in now) makers[maker] = computed;
        }
    }, iter: s_programs);

    private static async Task<SortedDictionary<string, string>> ResultsAsync(TestRun run, RunKey key)
    {
        var state = await run.ReadAsync(key);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task => $"{task.HasSucceeded} {task.Skipped} {task.Marks} {string.Join(" ", task.Outputs.Select(output => output.Hash))}"));
    }
}
