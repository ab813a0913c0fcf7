using System.Globalization;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Finds the tasks that people name: <c>fit</c>, <c>fit[3]</c> or, without quotes in a shell, <c>fit.3</c>.</summary>
internal static class TaskSelection
{
    /// <summary>The tasks of a run with a name; all of them when there is none.</summary>
    /// <exception cref="FlowException">There is no such step or task.</exception>
    public static IEnumerable<TaskState> Select(RunState state, string? name)
    {
        if (name is null) return state.Tasks;
        var (stepName, index) = Split(name);
        var steps = state.Manifest.Graph.Steps;
        var step = 0;
        while (step < steps.Length && !steps[step].Name.Equals(stepName, StringComparison.OrdinalIgnoreCase)) step++;
        if (step == steps.Length)
        {
            var hint = NearMiss.Of(stepName, steps.Select(s => s.Name)) is { } near ? $"did you mean {near}?" : $"its steps are {string.Join(", ", steps.Select(s => s.Name))}.";
            throw NotFound($"Run {state.Manifest.Run} has no step '{stepName}'; {hint}");
        }

        if (index is not { } wanted) return state.TasksOf(step);
        if (state.Find(new TaskAddress(step, wanted)) is { } task) return [task];
        var count = state.CountOf(step);
        throw NotFound(steps[step].Scope.IsEmpty
            ? $"Step {steps[step].Name} of run {state.Manifest.Run} runs once; name it {steps[step].Name}."
            : count == 0 ? $"Run {state.Manifest.Run} has no task {steps[step].Name}[{wanted}]: the step has no tasks."
            : $"Run {state.Manifest.Run} has no task {steps[step].Name}[{wanted}]; they go from {steps[step].Name}[0] to {steps[step].Name}[{count - 1}].");
    }

    private static (string Step, int? Index) Split(string name)
    {
        var bracket = name.EndsWith(']') ? name.IndexOf('[', StringComparison.Ordinal) : -1;
        var at = bracket >= 0 ? bracket : name.IndexOf('.', StringComparison.Ordinal);
        if (at < 0) return (name, null);
        var text = bracket >= 0 ? name[(at + 1)..^1] : name[(at + 1)..];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (name[..at], index)
            : throw new UsageException("FG1003", $"Option --task: '{name}' is not the name of a task, such as fit, fit[3] or fit.3.");
    }

    private static FlowException NotFound(string message) => new("FG1008", message, ExitCodes.NotFound);
}
