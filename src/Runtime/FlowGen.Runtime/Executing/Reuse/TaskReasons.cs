using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// Why a task of a run could not take over a result of the run that it resumed, from what both recorded: the code of their steps, their parameters, what the tasks before made. Everything that a
/// key is made of is looked at, so there is always a reason.
/// </summary>
/// <param name="origin">The run that was resumed.</param>
/// <param name="originCode">What its code was; <c>null</c> if that is not recorded.</param>
/// <param name="run">The run.</param>
/// <param name="code">What its code is.</param>
internal sealed class TaskReasons(RunState origin, CodeDescription? originCode, RunState run, CodeDescription? code)
{
    private const int ShownNames = 4, ShownValue = 40;

    private readonly Dictionary<int, List<string>> _ofSteps = [];

    /// <summary>The reasons for a task that ran, the strongest first; never empty.</summary>
    public IReadOnlyList<string> Of(TaskAddress task)
    {
        // What the code of sub-flows is made of is part of the step that runs them.
        if (task.Outer is not null) return [$"its flow has no result in {origin.Manifest.Run.Short} that was computed from the same"];
        if (!_ofSteps.TryGetValue(task.Step, out var reasons)) _ofSteps.Add(task.Step, reasons = [.. OfStep(task.Step)]);
        var all = reasons.Concat(OfTask(task)).ToList();
        return all.Count > 0 ? all : [Item(task) ?? $"there is no result in {origin.Manifest.Run.Short} that was computed from the same"];
    }

    private IEnumerable<string> OfStep(int step)
    {
        var name = run.Manifest.Graph.Steps[step].Name;
        if (run.Manifest.Forced.Contains(name)) yield return "it was asked for with --from";
        if (Find(origin.Manifest.Graph, name) is not { } old)
        {
            yield return $"the step is new since {origin.Manifest.Run.Short}";
            yield break;
        }

        if (code?.Find(name) is not { } now) yield return "the build has not described its code";
        else if (originCode?.Find(name) is not { } then) yield return $"run {origin.Manifest.Run.Short} does not say what its code was";
        else
        {
            foreach (var change in Code(then, now)) yield return change;
            foreach (var change in Parameters(step, now)) yield return change;
        }

        foreach (var policy in new[] { "environment", "cache" })
            if (PolicyOf(run, step, policy) != PolicyOf(origin, old, policy)) yield return policy == "cache" ? "version of [Cache] changed" : "[Environment] changed";
    }

    private static IEnumerable<string> Code(StepCode then, StepCode now)
    {
        var (gone, added) = (then.Parts.Except(now.Parts).ToList(), now.Parts.Except(then.Parts).ToList());
        var changed = added.Where(part => gone.Any(old => Same(old, part))).ToList();
        foreach (var package in changed.Where(part => part.Kind == "package")) yield return $"package {package.Name} {gone.First(old => Same(old, package)).Value} -> {package.Value}";
        foreach (var project in changed.Where(part => part.Kind == "project")) yield return $"project {project.Name} changed";
        if (Names(changed.Where(part => part.Kind is not ("package" or "project"))) is { } edits) yield return $"code changed: {edits}";
        if (Names(added.Except(changed)) is { } more) yield return $"code added: {more}";
        if (Names(gone.Where(old => !added.Any(part => Same(old, part)))) is { } less) yield return $"code gone: {less}";
    }

    private static bool Same(CodePart one, CodePart other) => one.Kind == other.Kind && one.Name == other.Name;

    private static string? Names(IEnumerable<CodePart> parts)
    {
        var names = parts.Select(part => part.Name).Distinct().ToList();
        return names.Count == 0 ? null : string.Join(", ", names.Take(ShownNames)) + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : "");
    }

    private IEnumerable<string> Parameters(int step, StepCode now)
    {
        var graph = run.Manifest.Graph;
        for (var p = 0; p < graph.Parameters.Length; p++)
        {
            var name = graph.Parameters[p].Name;
            if (!now.Reads.Contains(name) && !graph.Steps[step].Inputs.Any(input => input.Kind == SourceKind.Parameter && input.Source == p && input.Shape != InputShape.Item)) continue;
            var (value, before) = (run.Manifest.Parameters[p].Value, origin.Manifest.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value);
            if (before is null) yield return $"parameter {name} is new";
            else if (!value.Span.SequenceEqual(before.Value.Span)) yield return $"parameter {name}: {Show(before.Value)} -> {Show(value)}";
            else if (!Files(run, name).SequenceEqual(Files(origin, name))) yield return $"content of parameter {name} changed ({Show(value)})";
        }
    }

    private static IEnumerable<Hash256> Files(RunState state, string parameter) =>
        state.InputFiles.Where(file => state.Manifest.Graph.Parameters[file.Parameter].Name == parameter).OrderBy(file => file.Position).Select(file => file.Content.Hash);

    private IEnumerable<string> OfTask(TaskAddress task)
    {
        var graph = run.Manifest.Graph;
        if (Find(origin.Manifest.Graph, graph.Steps[task.Step].Name) is not { } old) yield break;
        foreach (var input in graph.Steps[task.Step].Inputs)
        {
            if (input.Kind != SourceKind.Artifact || input.Shape == InputShape.Item || (input.Shape == InputShape.Carry && task.Iteration > 0)) continue;
            foreach (var source in input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source])
            {
                var artifact = graph.Artifacts[source];
                if (!Hashes(run, artifact.Name, task).SequenceEqual(Hashes(origin, artifact.Name, task)))
                    yield return $"input {artifact.Name} changed{(artifact.Name == graph.Steps[artifact.Step].Name ? "" : $" (made by {graph.Steps[artifact.Step].Name})")}";
            }
        }

        if (task.Iteration > 0 && Carried(run, task.Step, task) != Carried(origin, old, task)) yield return "the iteration before made something else";
        var before = origin.Find(task with { Step = old });
        if (before is null || before.Address.Iteration != task.Iteration) yield return $"run {origin.Manifest.Run.Short} had no such task";
        else if (before.Status == FlowTaskStatus.Failed) yield return $"it failed in {origin.Manifest.Run.Short}";
        else if (!before.HasSucceeded) yield return $"it did not finish in {origin.Manifest.Run.Short} ({StatusNames.Of(before.Status)})";
        else if ((before.Marks & TaskMarks.GivenError) != 0) yield return $"in {origin.Manifest.Run.Short} it was given the error of another task";
        else if (before.Key is null) yield return $"run {origin.Manifest.Run.Short} did not record what it was computed from";
    }

    /// <summary>What is left, of a task that is for an item.</summary>
    private string? Item(TaskAddress task)
    {
        var graph = run.Manifest.Graph;
        var collections = graph.Steps[task.Step].Inputs.Where(input => input.Shape == InputShape.Item).Select(input => graph.Dimensions[input.Dimension].Name).ToList();
        if (collections.Count == 0) return PolicyOf(run, task.Step, "environment") is null ? null : "a value of [Environment] changed";
        return $"its item of {string.Join(" or ", collections)} is another one";
    }

    /// <summary>The outputs that a task takes of an artifact: of the tasks that agree with it in the dimensions that both have.</summary>
    private static IEnumerable<Hash256> Hashes(RunState state, string artifact, TaskAddress task)
    {
        var graph = state.Manifest.Graph;
        var position = 0;
        while (position < graph.Artifacts.Length && graph.Artifacts[position].Name != artifact) position++;
        if (position == graph.Artifacts.Length) return [];
        var step = graph.Artifacts[position].Step;
        var output = position - graph.Steps[step].FirstArtifact;
        var scope = graph.Steps[step].Scope;
        // In the dimensions that are the producer's first, which are those of most tasks that share any.
        var shared = scope.TakeWhile((_, level) => level < task.Index.Count).Count();
        var prefix = TaskIndex.Of(task.Index.ToArray().AsSpan(0, shared));
        var tasks = shared == scope.Length ? state.Steps[step].At(prefix) : state.TasksOf(step);
        return tasks.Where(made => made.HasSucceeded && !made.GoesOn).Select(made => made.Outputs[output].Hash);
    }

    private static Hash256? Carried(RunState state, int step, TaskAddress task) =>
        state.Manifest.Graph.Steps[step].Loop is { } loop && state.Find(task with { Step = step, Iteration = task.Iteration - 1 }) is { HasSucceeded: true } last ? last.Outputs[loop.Output].Hash : null;

    private static string? PolicyOf(RunState state, int step, string policy) => state.Manifest.Graph.Steps[step].Policies.FirstOrDefault(known => known.Key == policy).Value is { } value && value != "true" ? value : null;

    private static int? Find(GraphDescription graph, string step)
    {
        for (var s = 0; s < graph.Steps.Length; s++)
            if (graph.Steps[s].Name == step) return s;
        return null;
    }

    private static string Show(ReadOnlyMemory<byte> value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) MessagePackJson.Write(json, new ReadOnlySequence<byte>(value));
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return text.Length <= ShownValue ? text : text[..ShownValue] + "...";
    }
}
