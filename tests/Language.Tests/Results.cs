using System.Globalization;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Language.Tests.Flows;
using Language.Tests.Reference;

namespace Language.Tests;

/// <summary>What is known of a flow and of all tasks of a run, as lines: of the reference and of the real thing alike.</summary>
internal static class Results
{
    public static List<string> Describe(FlowSpec flow, Analysis analysis, Interpreter interpreter)
    {
        var lines = new List<string> { interpreter.Succeeded ? "Succeeded" : "Failed" };
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            var step = flow.Steps[s];
            var name = FlowRenderer.Camel(step.Name);
            lines.Add(Step(name, analysis.Scopes.Of(s).Select(flow.NameOf), analysis.IsContained(s)));
            lines.AddRange(interpreter.LostOf(s).Select(index => Task(Name(index), nameof(Reference.Fate.Blocked), [])));
            foreach (var (index, task) in interpreter.TasksOf(s))
            {
                var labels = analysis.Scopes.Of(s).Where(flow.IsLabelled).ToList();
                // All words have one letter.
                if (labels.Count > 0) lines.Add(Label(Name(index), string.Join(", ", labels.Select(_ => "1"))));
                if (flow.IsSubFlow(s)) lines.AddRange(task.Hashes.SelectMany((hash, i) => Inner(step, step.Loop is null ? Name(index) : $"{Name(index)}#{i}", hash)));
                if (task.Fate is Reference.Fate.Blocked or Reference.Fate.Skipped || step.Loop is null) lines.Add(Task(Name(index), task.Fate.ToString(), task.Fate == Reference.Fate.Succeeded ? task.Outputs : []));
                else
                {
                    lines.AddRange(task.Iterations.Select((outputs, i) => Task($"{Name(index)}#{i}", nameof(Reference.Fate.Succeeded), outputs)));
                    if (task.Fate == Reference.Fate.Failed) lines.Add(Task($"{Name(index)}#{task.Iterations.Count}", nameof(Reference.Fate.Failed), []));
                }
            }

            string Name(string index) => index.Length == 0 ? name : $"{name}[{index}]";
        }
        return Sorted(lines);
    }

    public static async Task<List<string>> ReadAsync(FlowDefinition definition, RunStore store, RunState run, RunStatus status)
    {
        var lines = new List<string> { status.ToString() };
        foreach (var step in definition.Steps) lines.Add(Step(step.Name, step.Scope.Select(dimension => definition.Dimensions[dimension].Name), step.Contained));
        lines.AddRange(run.Tasks.Where(task => run.LabelOf(task.Address) is not null).Select(task => Label(run.NameOf(task.Address with { Iteration = -1 }), run.LabelOf(task.Address)!)).Distinct());
        foreach (var task in run.Tasks)
        {
            if (task.Address.Outer is not null)
            {
                lines.Add(Task(run.NameOf(task.Address), Fate(task), []));
                continue;
            }
            var first = definition.Steps[task.Address.Step].FirstArtifact;
            var outputs = new List<object?>();
            for (var i = 0; i < task.Outputs.Length; i++) outputs.Add(await store.Artifacts.ReadAsync(definition.Artifacts[first + i], task.Outputs[i], default));
            lines.Add(Task(run.NameOf(task.Address), Fate(task), outputs));
        }
        return Sorted(lines);
    }

    /// <summary>The tasks inside a sub-flow.</summary>
    private static IEnumerable<string> Inner(StepSpec step, string task, long hash)
    {
        var fails = Mix.Fails(hash, step.FailEvery) || (step.Outputs[0] is { IsWild: true, Kind: not Kind.Choice } && Mix.IsBad(hash));
        var parts = Enumerable.Range(0, Mix.Numbers(hash).Length).Select(i => $"part[{i}]");
        return parts.Append("parts").Select(name => Task($"{task}/{name}", nameof(Reference.Fate.Succeeded), [])).Append(Task($"{task}/made", fails ? nameof(Reference.Fate.Failed) : nameof(Reference.Fate.Succeeded), []));
    }

    private static List<string> Sorted(List<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>What became of a task, whoever made its result.</summary>
    private static string Fate(TaskState task) => (task.Status == FlowTaskStatus.Reused ? FlowTaskStatus.Succeeded : task.Status).ToString();

    private static string Label(string name, string label) => $"{name} is called {label}";

    private static string Step(string name, IEnumerable<string> dimensions, bool isContained) =>
        $"{name} runs for [{string.Join(", ", dimensions.Select(FlowRenderer.Camel))}]{(isContained ? ", contained" : "")}";

    private static string Task(string name, string status, IEnumerable<object?> outputs) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {status} {string.Join(" ", outputs.Select(Mix.Text))}");
}
