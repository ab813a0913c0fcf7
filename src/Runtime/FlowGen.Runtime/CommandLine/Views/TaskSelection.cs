using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Finds the tasks that people name: all of a step, those whose index begins so, or one of them; of a loop all iterations, or one.</summary>
internal static class TaskSelection
{
    /// <summary>The tasks of a run with a name; all of them when there is none.</summary>
    /// <exception cref="FlowException">There is no such step or task.</exception>
    public static IEnumerable<TaskState> Select(RunState state, string? text)
    {
        if (text is null) return state.Tasks;
        var name = TaskName.Parse(text) ?? throw new UsageException("FG1003", $"Option --task: '{text}' is not the name of a task, such as fit, fit[3], score[3,1] or improve[3]#0; in a shell fit.3, score.3.1 or improve.3#0.");
        var steps = state.Manifest.Graph.Steps;
        var step = 0;
        while (step < steps.Length && !steps[step].Name.Equals(name.Step, StringComparison.OrdinalIgnoreCase)) step++;
        if (step == steps.Length)
        {
            var hint = NearMiss.Of(name.Step, steps.Select(s => s.Name)) is { } near ? $"did you mean {near}?" : $"its steps are {string.Join(", ", steps.Select(s => s.Name))}.";
            throw NotFound($"Run {state.Manifest.Run} has no step '{name.Step}'; {hint}");
        }

        if (name.Index.IsEmpty && name.Iteration < 0) return state.TasksOf(step);
        if (name.Iteration >= 0 && steps[step].Loop is null) throw NotFound($"Step {steps[step].Name} of run {state.Manifest.Run} is no loop: its tasks have no iterations.");
        var found = name.Index.Count == steps[step].Scope.Length ? state.Steps[step].At(name.Index) : state.TasksOf(step).Where(task => task.Address.Index.StartsWith(name.Index));
        if (name.Iteration >= 0) found = found.Where(task => task.Address.Iteration == name.Iteration);
        return found.Any() ? found : throw NotFound(Missing(state, step, name));
    }

    private static string Missing(RunState state, int step, TaskName name)
    {
        var (graph, run) = (state.Manifest.Graph.Steps[step], state.Manifest.Run);
        if (graph.Scope.IsEmpty && !name.Index.IsEmpty) return $"Step {graph.Name} of run {run} runs once; name it {graph.Name}.";
        var wanted = $"Run {run} has no task {graph.Name}{new TaskAddress(step, name.Index, name.Iteration).Suffix}";
        if (name.Index.Count > graph.Scope.Length) return $"{wanted}: the tasks of {graph.Name} are named by {(graph.Scope.Length == 1 ? "one number" : $"{graph.Scope.Length} numbers")}.";
        using var tasks = state.TasksOf(step).GetEnumerator();
        if (!tasks.MoveNext()) return $"{wanted}: the step has no tasks.";
        var first = state.NameOf(tasks.Current.Address);
        var last = tasks.Current;
        while (tasks.MoveNext()) last = tasks.Current;
        return $"{wanted}; they go from {first} to {state.NameOf(last.Address)}.";
    }

    private static FlowException NotFound(string message) => new("FG1008", message, ExitCodes.NotFound);
}
