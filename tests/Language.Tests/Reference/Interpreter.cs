using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>Runs a flow by the definitions of the language: step after step, index after index, nothing at the same time.</summary>
internal sealed class Interpreter
{
    private readonly FlowSpec _flow;
    private readonly Analysis _analysis;
    private readonly SortedDictionary<string, TaskResult>[] _tasks;
    private readonly List<int[]>[] _lost;

    private Interpreter(FlowSpec flow, Analysis analysis)
    {
        (_flow, _analysis) = (flow, analysis);
        _tasks = [.. flow.Steps.Select(_ => new SortedDictionary<string, TaskResult>(StringComparer.Ordinal))];
        _lost = [.. flow.Steps.Select(_ => new List<int[]>())];
    }

    /// <summary>Whether the run succeeded: no task of a step that is not contained failed or was blocked.</summary>
    public bool Succeeded => Enumerable.Range(0, _flow.Steps.Length).All(s => _analysis.IsContained(s) || (_lost[s].Count == 0 && _tasks[s].Values.All(task => task.Went)));

    public static Interpreter Run(FlowSpec flow, Analysis analysis)
    {
        var interpreter = new Interpreter(flow, analysis);
        for (var s = 0; s < flow.Steps.Length; s++) interpreter.RunStep(s);
        return interpreter;
    }

    /// <summary>The tasks of a step by their index.</summary>
    public IReadOnlyDictionary<string, TaskResult> TasksOf(int step) => _tasks[step];

    /// <summary>How the indices of tasks of a step begin that do not exist because the collection of their next dimension failed.</summary>
    public IEnumerable<string> LostOf(int step) => _lost[step].Select(Key);

    private static string Key(IEnumerable<int> index) => string.Join(",", index);

    private void RunStep(int s)
    {
        foreach (var (index, isLost) in Indices([], _analysis.Scopes.Of(s)))
            if (isLost) _lost[s].Add(index);
            else _tasks[s].Add(Key(index), RunTask(s, index));
    }

    /// <summary>All indices of a scope, first dimension slowest; where a collection failed, what the indices would begin with.</summary>
    private IEnumerable<(int[] Index, bool IsLost)> Indices(int[] prefix, IReadOnlyList<SourceSpec> scope)
    {
        if (prefix.Length == scope.Count) return [(prefix, false)];
        if (WidthOf(scope[prefix.Length], scope, prefix) is not { } width) return [(prefix, true)];
        return Enumerable.Range(0, width).SelectMany(i => Indices([.. prefix, i], scope));
    }

    /// <summary>Number of items of a collection at an index; <c>null</c> if the collection failed.</summary>
    private int? WidthOf(SourceSpec collection, IReadOnlyList<SourceSpec> scope, int[] index)
    {
        if (collection.IsParameter) return Items(_flow.Parameters[collection.Output].Value).Count;
        var made = Find(collection.Step, scope, index);
        return made.Fate switch
        {
            Fate.Succeeded => Items(made.Outputs[collection.Output]!).Count,
            Fate.Skipped => 0,
            _ => null,
        };
    }

    private static List<object> Items(object collection) => collection is long[] numbers ? [.. numbers.Cast<object>()] : [.. (List<string>)collection];

    /// <summary>The one task of a step whose index agrees with an index in a larger scope.</summary>
    private TaskResult Find(int step, IReadOnlyList<SourceSpec> scope, int[] index) =>
        _tasks[step][Key(_analysis.Scopes.Of(step).Select(dimension => index[scope.ToList().IndexOf(dimension)]))];

    private TaskResult RunTask(int s, int[] index)
    {
        var (step, scope) = (_flow.Steps[s], _analysis.Scopes.Of(s));
        foreach (var (decision, allowed) in _analysis.Guards.Of(s).Sides)
        {
            if (decision.IsParameter && !allowed.Contains(_flow.Parameters[decision.Output].Value)) return new TaskResult(Fate.Skipped);
            if (decision.IsParameter) continue;
            var made = Find(decision.Step, scope, index);
            if (made.Fate == Fate.Skipped || (made.Fate == Fate.Succeeded && !allowed.Contains(made.Outputs[decision.Output]!))) return new TaskResult(Fate.Skipped);
        }
        // What hangs on a decision through an input alone is up to the input.
        if (step.Conditions.Any(condition => !condition.Decision.IsParameter && !Find(condition.Decision.Step, scope, index).Went)) return new TaskResult(Fate.Blocked);
        if (step.After.Any(after => !after.Always && (Group(after.Step, scope, index) is not { } group || group.Any(task => !task.Result.Went)))) return new TaskResult(Fate.Blocked);
        if (step.Inputs.Any(input => IsBlockedBy(input, scope, index))) return new TaskResult(Fate.Blocked);
        return Compute(s, scope, index);
    }

    private TaskResult Compute(int s, IReadOnlyList<SourceSpec> scope, int[] index)
    {
        var step = _flow.Steps[s];
        if (step.Inputs.Any(input => !IsEnough(input, scope, index))) return new TaskResult(Fate.Failed);
        var (iterations, hashes) = (new List<object?[]>(), new List<long>());
        while (true)
        {
            var texts = step.Inputs.Select(input => input.Shape == Shape.Carry && iterations.Count > 0 ? Mix.Text(iterations[^1][step.Loop!.Carried]) : TextOf(input, scope, index)).ToList();
            if (step.Reads >= 0) texts.Add(Mix.Text(_flow.Parameters[step.Reads].Value));
            var hash = Mix.Of(step.Name, texts);
            hashes.Add(hash);
            var bad = step.Outputs.Where((output, i) => output.IsWild && Mix.IsBad(hash / (i + 1))).ToList();
            if (Mix.Fails(hash, step.FailEvery) || bad.Any(output => output.Kind != Kind.Choice)) return Ended(Fate.Failed);
            iterations.Add([.. step.Outputs.Select((output, i) => Make(output, hash / (i + 1)))]);

            var goesOn = step.Loop is { } loop && Mix.Goes(Mix.Text(iterations[^1][loop.Carried]), loop.Reads < 0 ? "" : Mix.Text(_flow.Parameters[loop.Reads].Value));
            if (goesOn && iterations.Count < step.Loop!.Max) continue;
            if (goesOn && !step.Loop!.StopAtMax) return Ended(Fate.Failed);
            // What others see of a decision has a name.
            if (!bad.Any(output => IsDecision(s, output))) return Ended(Fate.Succeeded);
            iterations.RemoveAt(iterations.Count - 1);
            return Ended(Fate.Failed);
        }

        TaskResult Ended(Fate fate) => new(fate, iterations) { Hashes = hashes };
    }

    private bool IsDecision(int s, OutputSpec output) => _flow.Steps.Any(step => step.Conditions.Any(condition => condition.Decision == new SourceSpec(s, _flow.Steps[s].Outputs.IndexOf(output))));

    private static object? Make(OutputSpec output, long hash) => output switch
    {
        { Nullable: true } when Mix.IsNull(hash) => null,
        { IsWild: true, Kind: Kind.Choice } when Mix.IsBad(hash) => (Choice)9,
        { Kind: Kind.Number } => Mix.Number(hash),
        { Kind: Kind.Numbers } => Mix.Numbers(hash),
        { Kind: Kind.Words } => Mix.Words(hash),
        { Kind: Kind.Flag } => Mix.Flag(hash),
        { Kind: Kind.Choice } => Mix.Choice(hash),
        { Kind: Kind.Digit } => Mix.Digit(hash),
        { Kind: Kind.Letter } => Mix.Letter(hash),
        { Kind: Kind.Blob } => Mix.Blob(hash),
        _ => Mix.Point(hash),
    };

    /// <summary>The tasks of a step that agree with an index, in index order; <c>null</c> if some of them do not exist because a collection failed.</summary>
    private List<(int[] Index, TaskResult Result)>? Group(int step, IReadOnlyList<SourceSpec> scope, int[] index)
    {
        var own = _analysis.Scopes.Of(step);
        var agreeing = Indices([], own).Where(task => Enumerable.Range(0, task.Index.Length).All(i => scope.ToList().IndexOf(own[i]) is var at && (at < 0 || index[at] == task.Index[i]))).ToList();
        return agreeing.Any(task => task.IsLost) ? null : [.. agreeing.Select(task => (task.Index, _tasks[step][Key(task.Index)]))];
    }

    private bool IsBlockedBy(InputSpec input, IReadOnlyList<SourceSpec> scope, int[] index)
    {
        foreach (var source in input.Sources.Where(source => !source.IsParameter))
        {
            if (Group(source.Step, scope, index) is not { } group) return true;
            if (!Analysis.Accepts(input) && group.Any(task => !task.Result.Went)) return true;
        }
        return false;
    }

    private bool IsEnough(InputSpec input, IReadOnlyList<SourceSpec> scope, int[] index)
    {
        if (input.Shape != Shape.Gather || input.MinSuccess >= 1) return true;
        var counted = Group(input.Source.Step, scope, index)!.Where(task => task.Result.Fate != Fate.Skipped).ToList();
        return counted.Count == 0 || (double)counted.Count(task => task.Result.Fate == Fate.Succeeded) / counted.Count >= input.MinSuccess;
    }

    private string TextOf(InputSpec input, IReadOnlyList<SourceSpec> scope, int[] index)
    {
        var source = input.Source;
        switch (input.Shape)
        {
            case Shape.ForEach:
                var collection = source.IsParameter ? _flow.Parameters[source.Output].Value : Find(source.Step, scope, index).Outputs[source.Output]!;
                return Mix.Text(Items(collection)[index[scope.ToList().IndexOf(source)]]);
            case Shape.Gather:
                var items = Group(source.Step, scope, index)!.Where(task => Keeps(input, task.Result.Fate));
                return Mix.List(items.Select(task => (input.Wrap == Wrap.Indexed ? Key(task.Index) + ":" : "") + TextOf(input.Wrap, task.Result, source)));
            case Shape.OneOf:
                // Whichever was made, or was to be made and failed.
                var ran = input.Sources.FirstOrDefault(one => Find(one.Step, scope, index).Fate != Fate.Skipped, source);
                return TextOf(input.Wrap, Find(ran.Step, scope, index), ran);
            default:
                return source.IsParameter ? Mix.Text(_flow.Parameters[source.Output].Value) : TextOf(input.Wrap, Find(source.Step, scope, index), source);
        }
    }

    /// <summary>Whether a gather has an item for a task: gaps are left out, but where the items can say that there is nothing.</summary>
    private bool Keeps(InputSpec input, Fate fate) => fate == Fate.Succeeded || (fate != Fate.Skipped && input.Wrap == Wrap.Outcome) || _flow.WrapOf(input) is Wrap.Nullable or Wrap.Optional;

    private static string TextOf(Wrap wrap, TaskResult task, SourceSpec source) =>
        task.Fate == Fate.Succeeded ? Mix.Text(task.Outputs[source.Output])
        : wrap == Wrap.Outcome ? "!"
        : wrap == Wrap.Optional ? "none"
        : "null";
}
