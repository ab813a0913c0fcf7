using Language.Tests.Flows;

namespace Language.Tests;

/// <summary>The proof that the compiler and the runtime are right: random flows of every construct, compiled by the real generator and run, do what the definitions say.</summary>
public sealed class RandomFlowTests
{
    /// <summary>Flows compiled together.</summary>
    private const int Batch = 40;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, Effort.Scale(brief: 10, extended: 1000))];

    [Theory, MemberData(nameof(Batches))]
    public async Task Run_RandomFlows_DoWhatTheReferenceDoes(int batch)
    {
        var flows = Enumerable.Range(batch * Batch, Batch).Select(seed => RandomFlows.Make($"Flow{seed}", seed)).ToList();
        using var program = Programs.Of(flows);
        var taken = new List<int>();
        for (var i = 0; i < flows.Count; i++)
        {
            var found = program.Errors[i].Count > 0 ? string.Join("\n", program.Errors[i]) : null;
            // Where one does not compile, the others cannot run with it.
            if (program.Errors.All(errors => errors.Count == 0)) found = await Comparison.DifferenceAsync(flows[i], program.Definition(flows[i].Name));
            if (found is not null) Assert.Fail(await Shrinking.ReportAsync(flows[i], found, Comparison.DifferenceAsync));
            // Every second flow: each is run three times more.
            if (i % 2 == batch % 2 && await Resumption.DifferenceAsync(flows[i], program, taken) is { } difference) Assert.Fail(await Shrinking.ReportAsync(flows[i], difference, Resumption.DifferenceAsync));
        }

        // What cannot go wrong or goes wrong at once proves nothing.
        Assert.True(taken.Count(results => results > 0) >= Batch / 8, $"Only {taken.Count(results => results > 0)} of {flows.Count} flows were resumed with results of before.");
    }
}
