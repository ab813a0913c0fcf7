using System.Collections.Concurrent;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing.Reuse;

/// <summary>
/// A random flow whose steps compute small numbers from their inputs and from the version of their code, so that another version often gives the same. It remembers of every result what it was
/// computed from.
/// </summary>
internal sealed class RandomProgram
{
    private readonly List<Action<FlowBuilder, Func<string, Func<StepFrame, IEnumerable<int>>, Action<StepFrame>>>> _add = [];
    private readonly Dictionary<string, int> _versions = [];
    private readonly ConcurrentDictionary<string, string> _made = [];
    private int _failing;

    public RandomProgram(int seed)
    {
        var random = new Random(seed);
        var scalars = new List<string>();
        for (var i = 0; i < 1 + random.Next(3); i++) AddBranch(i, random, scalars);
        if (random.Next(2) == 0) AddChoice(random, scalars);
    }

    public List<string> Steps { get; } = [];

    /// <summary>What was computed since this was emptied: step, version and inputs.</summary>
    public ConcurrentBag<string> Executed { get; } = [];

    /// <summary>The flow with some versions of its steps; the <paramref name="failing"/>th task that runs fails, or none.</summary>
    public FlowBuilder Build(Dictionary<string, int> versions, int failing)
    {
        _failing = failing;
        _versions.Clear();
        foreach (var (step, version) in versions) _versions.Add(step, version);
        var flow = new FlowBuilder();
        foreach (var add in _add) add(flow, Body);
        foreach (var (step, version) in versions) flow.Edited(step, $"version{version}");
        return flow.Changed(definition => definition with { Steps = [.. definition.Steps.Select(ReuseTests.NoContext)] });
    }

    /// <summary>The tasks that made the results of a run, with what they were computed from.</summary>
    public IEnumerable<(string Maker, string Computed)> Makers(RunState run) =>
        from task in run.Tasks
        where task.HasSucceeded
        let maker = task.Origin ?? $"{run.Manifest.Run}/{run.NameOf(task.Address)}"
        select (maker, _made[maker]);

    /// <summary>A list, a step for each item, perhaps one more, what they add up to, perhaps a loop.</summary>
    private void AddBranch(int branch, Random random, List<string> scalars)
    {
        var (list, map, next, sum) = ($"list{branch}", $"map{branch}", $"next{branch}", $"sum{branch}");
        var from = scalars.Count > 0 && random.Next(2) == 0 ? scalars[random.Next(scalars.Count)] : "";
        var with = scalars.Count > 0 && random.Next(2) == 0 ? scalars[random.Next(scalars.Count)] : "";
        Add(list, (flow, body) => flow.Step(list, from, frame => body(list, f => from.Length > 0 ? [f.Value<int>(0)] : [])(frame), FlowBuilder.Ints(list)));
        Add(map, (flow, body) => flow.Step(map, $"each:{list} {with}", frame => body(map, f => with.Length > 0 ? [f.Value<int>(0), f.Value<int>(1)] : [f.Value<int>(0)])(frame), FlowBuilder.Int(map)));
        var last = map;
        if (random.Next(2) == 0)
        {
            last = next;
            Add(next, (flow, body) => flow.Step(next, map, frame => body(next, f => [f.Value<int>(0)])(frame), FlowBuilder.Int(next)));
        }

        Add(sum, (flow, body) => flow.Step(sum, $"all:{last}", frame => body(sum, f => f.Gather<int>(0))(frame), FlowBuilder.Int(sum)));
        scalars.Add(sum);
        if (random.Next(2) == 0) return;
        var loop = $"loop{branch}";
        Add(loop, (flow, body) => flow.Step(loop, $"carry:{sum}", frame => { body(loop, f => [f.Value<int>(0)])(frame); return default; }, [FlowBuilder.Int(loop)],
            loop: new LoopDefinition(4, StopAtMax: true, 0, static (_, value) => (int)value! % 3 != 0)));
        scalars.Add(loop);
    }

    private void AddChoice(Random random, List<string> scalars)
    {
        var from = scalars[random.Next(scalars.Count)];
        Add("odd", (flow, body) => flow.Step("odd", from, frame => body("odd", f => [f.Value<int>(0)])(frame), FlowBuilder.Bool("odd")));
        Add("yes", (flow, body) => flow.Step("yes", from, frame => body("yes", f => [f.Value<int>(0)])(frame), [FlowBuilder.Int("yes")], when: "odd=true"));
        Add("end", (flow, body) => flow.Step("end", "optional:yes", frame => body("end", f => f.Value(0, InputWraps.Optional<int>) is { HasValue: true } yes ? [yes.Value] : [])(frame), FlowBuilder.Int("end")));
    }

    private void Add(string step, Action<FlowBuilder, Func<string, Func<StepFrame, IEnumerable<int>>, Action<StepFrame>>> add)
    {
        Steps.Add(step);
        _add.Add(add);
    }

    private Action<StepFrame> Body(string step, Func<StepFrame, IEnumerable<int>> inputs) => frame =>
    {
        var values = inputs(frame).ToList();
        var computed = $"{step} {_versions[step]}: {string.Join(" ", values)}";
        if (Interlocked.Decrement(ref _failing) == 0) throw new IOException("no luck");
        var result = values.Aggregate(_versions[step] % 2, (sum, value) => (sum * 3) + value) % 7;
        _made[$"{frame.Context.RunId}/{frame.Context.TaskName}"] = computed;
        Executed.Add(computed);
        if (step.StartsWith("list", StringComparison.Ordinal)) frame.Set(0, Enumerable.Range(0, result % 4).Select(i => (i * result) % 3).ToArray());
        else if (step == "odd") frame.Set(0, result % 2 == 1);
        else frame.Set(0, result);
    };
}
