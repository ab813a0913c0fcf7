using Language.Tests.Flows;
using Language.Tests.Mutations;
using Language.Tests.Reference;

namespace Language.Tests;

/// <summary>The proof that mistakes do not compile: each unsound mutant of a well-formed flow gives the expected error and nothing but errors of FlowGen; each sound one compiles and does what the reference does.</summary>
public sealed class MutationTests
{
    /// <summary>Mutants of each kind.</summary>
    private static readonly int Mutants = Effort.Scale(brief: 8, extended: 400);

    /// <summary>Mutants compiled together.</summary>
    private const int Batch = 20;

    public static TheoryData<string> Mistakes => [.. TextMutation.All.Select(mutation => mutation.Name)];

    public static TheoryData<string> Changes => [.. Mutation.All.Select(mutation => mutation.Name)];

    [Theory, MemberData(nameof(Mistakes))]
    public void Compile_MistakenFlow_TellsTheMistake(string name)
    {
        var mutation = TextMutation.All.Single(mutation => mutation.Name == name);
        var mutants = Mutated(name, (flow, _) => Mistaken(mutation, flow with { Inherited = 0, Steps = [.. flow.Steps.Select(step => step with { WantsSubFlow = false })] }));
        foreach (var batch in mutants.Chunk(Batch))
        {
            using var program = new Programs([.. batch.Select(mutant => (mutant.Flow.Name, mutant.Mutant))], isRun: false);
            for (var i = 0; i < batch.Length; i++)
                if (Told.Difference(mutation.Rule, program.Errors[i]) is { } difference) Assert.Fail($"Seed {batch[i].Flow.Seed}: {difference}\n\n{batch[i].Mutant}");
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public async Task Compile_ChangedFlow_AgreesWithTheReference(string name)
    {
        var mutation = Mutation.All.Single(mutation => mutation.Name == name);
        foreach (var batch in Mutated(name, mutation.Apply).Select(mutant => mutant.Mutant).Chunk(Batch))
        {
            var sound = await CompileAsync(batch);
            using var program = Programs.Of(sound);
            foreach (var flow in sound)
                if (await Comparison.DifferenceAsync(flow, program.Definition(flow.Name)) is { } difference) Assert.Fail(await Shrinking.ReportAsync(flow, difference, Comparison.DifferenceAsync));
        }
    }

    /// <summary>The sound ones among mutants, of which the compiler must have told all others.</summary>
    private static async Task<List<FlowSpec>> CompileAsync(FlowSpec[] mutants)
    {
        using var program = Programs.Of(mutants, isRun: false);
        var sound = new List<FlowSpec>();
        for (var i = 0; i < mutants.Length; i++)
        {
            var mistake = Analysis.Of(mutants[i]).Mistake;
            if (Told.Difference(mistake?.ToString(), program.Errors[i]) is { } difference) Assert.Fail(await Shrinking.ReportAsync(mutants[i], difference, flow => Task.FromResult(Disagreement(flow))));
            if (mistake is null) sound.Add(mutants[i]);
        }
        return sound;
    }

    private static string? Mistaken(TextMutation mutation, FlowSpec flow) => mutation.Apply(flow, FlowRenderer.Render(flow));

    private static string? Disagreement(FlowSpec flow)
    {
        using var program = Programs.Of([flow], isRun: false);
        return Told.Difference(Analysis.Of(flow).Mistake?.ToString(), program.Errors[0]);
    }

    private static List<(FlowSpec Flow, T Mutant)> Mutated<T>(string name, Func<FlowSpec, Draw, T?> apply) where T : class
    {
        var mutants = new List<(FlowSpec, T)>();
        // Each kind of mutant is made of other flows.
        var first = (int)(Mix.Of(name, []) % 1000) * 1000;
        for (var seed = first; mutants.Count < Mutants; seed++)
        {
            Assert.True(seed < first + 200 * Mutants, $"'{name}' hardly ever applies.");
            var flow = RandomFlows.Make($"Flow{seed}", seed) with { IsQuoted = true };
            if (apply(flow, new Draw(seed)) is { } mutant) mutants.Add((flow, mutant));
        }
        return mutants;
    }
}
