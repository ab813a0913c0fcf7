using Language.Tests.Reference;

namespace Language.Tests.Flows;

/// <summary>Makes random well-formed flows: steps are added one by one, and one that breaks a rule (says the reference) is drawn again.</summary>
internal static class RandomFlows
{
    private const int Tries = 12;

    /// <summary>The value of the secret that some flows have: nothing that is stored may hold it.</summary>
    public const string SecretText = "open sesame 4711";

    /// <summary>Names of steps, in order; a pattern adds up to five.</summary>
    private static readonly string[] Names =
    [
        "Ada", "Bell", "Curie", "Dirac", "Euler", "Fermi", "Gauss", "Hertz", "Ising", "Joule", "Kepler", "Laplace", "Maxwell", "Newton", "Ohm", "Pascal", "Quine", "Raman", "Salam", "Turing",
    ];

    /// <summary>The flow of a seed.</summary>
    public static FlowSpec Make(string name, int seed)
    {
        var draw = new Draw(seed);
        var flow = new FlowSpec(name, seed, [.. Parameters(draw)], []);
        var wanted = draw.Between(3, Names.Length - 6);
        while (flow.Steps.Length < wanted)
        {
            var before = flow.Steps.Length;
            for (var i = 0; i < Tries && flow.Steps.Length == before; i++)
            {
                var larger = flow with { Steps = flow.Steps.AddRange(draw.Chance(3) ? new Patterns(flow, Names, draw).Next() : [new RandomStep(flow, draw).Next(Names[before])]) };
                if (Analysis.Of(larger).Mistake is null) flow = larger;
            }
            if (flow.Steps.Length == before) break;
        }
        if (flow.Steps.IsEmpty) flow = flow with { Steps = [new StepSpec(Names[0], [new OutputSpec("ada", Kind.Numbers)], [])] };
        return Equipped(flow with { Inherited = draw.Chance(3) ? draw.Between(1, flow.Steps.Length) : 0 }, new Draw(~seed));
    }

    /// <summary>The same flow with gangs, services, blobs and a secret here and there.</summary>
    private static FlowSpec Equipped(FlowSpec flow, Draw draw)
    {
        if (draw.Chance(4)) flow = flow with { Parameters = flow.Parameters.Add(new ParameterSpec("Token", Kind.Letter, "", SecretText) { IsSecret = true }) };
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            var step = flow.Steps[s];
            if (draw.Chance(10)) step = step with { Gang = draw.Between(2, 4) };
            if (draw.Chance(8)) step = step with { IsServed = true };
            if (draw.Chance(3) && flow.Parameters is [.., { IsSecret: true }]) step = step with { Reads = flow.Parameters.Length - 1 };
            if (draw.Chance(4) && step.Outputs.FirstOrDefault(output => output.Kind is Kind.Number or Kind.Point && !output.IsWild) is { } plain) step = step with { Outputs = step.Outputs.Replace(plain, plain with { Kind = Kind.Blob }) };
            // Others may rely on the type.
            var equipped = flow with { Steps = flow.Steps.SetItem(s, step) };
            if (Analysis.Of(equipped).Mistake is null) flow = equipped;
        }
        return flow;
    }

    private static IEnumerable<ParameterSpec> Parameters(Draw draw)
    {
        if (draw.Chance(2)) yield return Parameter("Level", Kind.Number, () => (long)draw.Below(100));
        if (draw.Chance(3)) yield return Parameter("Levels", Kind.Numbers, () => Enumerable.Range(0, draw.Below(4)).Select(_ => (long)draw.Below(100)).ToArray());
        if (draw.Chance(4)) yield return Parameter("Mode", Kind.Choice, () => (Choice)draw.Below(3));
        if (draw.Chance(5)) yield return Parameter("Deep", Kind.Flag, () => draw.Chance(2));
        if (draw.Chance(6)) yield return Parameter("Depth", Kind.Digit, () => draw.Below(4));
        if (draw.Chance(6)) yield return Parameter("Way", Kind.Letter, () => draw.Any(["x", "y", "z"]));

        // Half of them are given to the run, the others left to their initializer.
        ParameterSpec Parameter(string name, Kind kind, Func<object> value)
        {
            var first = value();
            return new ParameterSpec(name, kind, first, draw.Chance(2) ? value() : first);
        }
    }
}
