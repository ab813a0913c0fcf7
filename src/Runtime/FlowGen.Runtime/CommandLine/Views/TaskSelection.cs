using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Finds the tasks that people name: all of a step, those whose index begins so, or one of them; of a loop all iterations, or one; of a sub-flow what is inside of it too, or by a path only that.</summary>
internal static class TaskSelection
{
    /// <summary>The tasks of a run with a name; all of them when there is none.</summary>
    /// <exception cref="FlowException">There is no such step or task.</exception>
    public static IEnumerable<TaskState> Select(RunState state, string? text)
    {
        if (text is null) return state.Tasks;
        var names = Parse(text);
        IReadOnlyList<FlowState> flows = [state];
        var (graph, prefix) = (state.Manifest.Graph, "");
        foreach (var name in names.SkipLast(1))
        {
            var step = StepOf(state.Manifest, graph, prefix, name);
            if (graph.Steps[step].SubFlow is not { } inner) throw NotFound($"Step {prefix}{graph.Steps[step].Name} of run {state.Manifest.Run} is no sub-flow: there are no tasks inside of it.");
            flows = [.. flows.SelectMany(flow => flow.SubFlows).Where(open => open.Key.Step == step && open.Key.Index.StartsWith(name.Index) && (name.Iteration < 0 || open.Key.Iteration == name.Iteration)).OrderBy(open => open.Key).Select(open => open.Value)];
            prefix += graph.Steps[step].Name + new TaskAddress(step, name.Index, name.Iteration).Suffix + "/";
            if (flows.Count == 0) throw NotFound($"Run {state.Manifest.Run} has not opened {prefix.TrimEnd('/')}, or has taken over its results as a whole: there are no tasks inside of it.");
            graph = inner;
        }

        return Select(state, flows, graph, prefix, names[^1]);
    }

    /// <summary>The one task that a name means: of a loop without an iteration the last one, of a sub-flow the task that it is.</summary>
    /// <exception cref="FlowException">There is none, or there are several.</exception>
    public static TaskState One(RunState state, string text)
    {
        var names = Parse(text);
        var tasks = Select(state, text).Where(task => OuterTask.Path(task.Address.Outer).Length == names.Count - 1 && (names[^1].Iteration >= 0 || !task.GoesOn)).Take(2).ToList();
        return tasks is [var only] ? only : throw new UsageException("FG1003", $"'{text}' names several tasks; name one, such as {TaskName.ForShell(state.NameOf(tasks[0].Address))}.");
    }

    /// <summary>Whether a task has a name, now or when it comes to be; what is inside of a sub-flow has its name.</summary>
    /// <exception cref="FlowException">There is no such step.</exception>
    public static Func<TaskAddress, bool> Matching(RunManifest run, string? text)
    {
        if (text is null) return static _ => true;
        var names = Parse(text);
        var steps = new int[names.Count];
        var (graph, prefix) = (run.Graph, "");
        for (var i = 0; i < steps.Length; i++)
        {
            var step = graph.Steps[steps[i] = StepOf(run, graph, prefix, names[i])];
            if (i == steps.Length - 1) break;
            graph = step.SubFlow ?? throw NotFound($"Step {prefix}{step.Name} of run {run.Run} is no sub-flow: there are no tasks inside of it.");
            prefix += step.Name + "/";
        }

        return task =>
        {
            TaskAddress[] path = [.. OuterTask.Path(task.Outer), task];
            for (var i = 0; i < steps.Length; i++)
                if (i >= path.Length || path[i].Step != steps[i] || !path[i].Index.StartsWith(names[i].Index) || (names[i].Iteration >= 0 && path[i].Iteration != names[i].Iteration)) return false;
            return true;
        };
    }

    private static List<TaskName> Parse(string text)
    {
        var names = text.Split('/').Select(TaskName.Parse).ToList();
        return names.Contains(null)
            ? throw new UsageException("FG1003", $"Option --task: '{text}' is not the name of a task, such as fit, fit[3], score[3,1], improve[3]#0 or prepare[2]/clean[3]; in a shell fit.3, score.3.1, improve.3#0 or prepare.2/clean.3.")
            : names.ConvertAll(name => name!.Value);
    }

    /// <summary>The tasks of flows that are alike, each with those of the sub-flow that it is.</summary>
    private static IEnumerable<TaskState> Select(RunState state, IReadOnlyList<FlowState> flows, GraphDescription graph, string prefix, TaskName name)
    {
        var step = StepOf(state.Manifest, graph, prefix, name);
        if (name.Index.IsEmpty && name.Iteration < 0) return flows.SelectMany(flow => flow.AllOf(step));
        var definition = graph.Steps[step];
        if (name.Iteration >= 0 && definition.Loop is null) throw NotFound($"Step {prefix}{definition.Name} of run {state.Manifest.Run} is no loop: its tasks have no iterations.");
        var found = flows.SelectMany(flow => flow.WithInner(
            (name.Index.Count == definition.Scope.Length ? flow.Steps[step].At(name.Index) : flow.TasksOf(step).Where(task => task.Address.Index.StartsWith(name.Index)))
            .Where(task => name.Iteration < 0 || task.Address.Iteration == name.Iteration)));
        return found.Any() ? found : throw NotFound(Missing(state, flows, definition, prefix, name));
    }

    private static int StepOf(RunManifest run, GraphDescription graph, string prefix, TaskName name)
    {
        for (var step = 0; step < graph.Steps.Length; step++)
            if (graph.Steps[step].Name.Equals(name.Step, StringComparison.OrdinalIgnoreCase)) return step;
        var hint = NearMiss.Of(name.Step, graph.Steps.Select(s => s.Name)) is { } near ? $"did you mean {prefix}{near}?" : $"its steps are {string.Join(", ", graph.Steps.Select(s => s.Name))}.";
        throw NotFound(prefix.Length == 0 ? $"Run {run.Run} has no step '{name.Step}'; {hint}" : $"The sub-flow {prefix.TrimEnd('/')} of run {run.Run} has no step '{name.Step}'; {hint}");
    }

    private static string Missing(RunState state, IReadOnlyList<FlowState> flows, GraphStep step, string prefix, TaskName name)
    {
        var run = state.Manifest.Run;
        if (step.Scope.IsEmpty && !name.Index.IsEmpty) return $"Step {prefix}{step.Name} of run {run} runs once; name it {prefix}{step.Name}.";
        var wanted = $"Run {run} has no task {prefix}{step.Name}{new TaskAddress(0, name.Index, name.Iteration).Suffix}";
        if (name.Index.Count > step.Scope.Length) return $"{wanted}: the tasks of {prefix}{step.Name} are named by {(step.Scope.Length == 1 ? "one number" : $"{step.Scope.Length} numbers")}.";
        using var tasks = flows.SelectMany(flow => flow.TasksOf(flow.Graph.Steps.IndexOf(step))).GetEnumerator();
        if (!tasks.MoveNext()) return $"{wanted}: the step has no tasks.";
        var first = state.NameOf(tasks.Current.Address);
        var last = tasks.Current;
        while (tasks.MoveNext()) last = tasks.Current;
        return $"{wanted}; they go from {first} to {state.NameOf(last.Address)}.";
    }

    private static FlowException NotFound(string message) => new("FG1008", message, ExitCodes.NotFound);
}
