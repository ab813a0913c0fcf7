using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>A flow as the rules of the language see it: dimensions, guards, containment, and the first mistake if there is one. Slow and obvious: sets and definitions, no cleverness.</summary>
internal sealed class Analysis
{
    private readonly bool[] _contained;

    private Analysis(FlowSpec flow)
    {
        Scopes = new Scopes(flow);
        Guards = new Guards(flow, Scopes);
        _contained = new bool[flow.Steps.Length];
        // In this order: what is wrong with an input is told before what would follow from it.
        Mistake = Bindings.Check(flow) ?? Scopes.Check() ?? Guards.Check() ?? Lists.Check(flow, Scopes, Guards);
        if (Mistake is null) Contain(flow);
    }

    public Scopes Scopes { get; }

    public Guards Guards { get; }

    /// <summary>Why the flow is not well-formed; <c>null</c> if it is.</summary>
    public Mistake? Mistake { get; }

    public static Analysis Of(FlowSpec flow) => new(flow);

    /// <summary>Whether a failure of a step fails no run: it has a consumer, and each accepts failures or is contained.</summary>
    public bool IsContained(int step) => _contained[step];

    /// <summary>Whether an input takes failed and blocked producers.</summary>
    public static bool Accepts(InputSpec input) => input.Wrap == Wrap.Outcome || (input.Shape == Shape.Gather && input.MinSuccess < 1);

    private void Contain(FlowSpec flow)
    {
        for (var s = flow.Steps.Length - 1; s >= 0; s--)
        {
            var consumers = new List<(int Step, bool Accepts)>();
            for (var c = s + 1; c < flow.Steps.Length; c++)
            {
                var consumer = flow.Steps[c];
                consumers.AddRange(consumer.Inputs.Where(input => input.Sources.Any(source => source.Step == s)).Select(input => (c, Accepts(input))));
                if (consumer.Conditions.Any(condition => condition.Decision.Step == s) || consumer.After.Any(after => after.Step == s && !after.Always)) consumers.Add((c, false));
            }
            _contained[s] = consumers.Count > 0 && consumers.All(consumer => consumer.Accepts || _contained[consumer.Step]);
        }
    }
}
