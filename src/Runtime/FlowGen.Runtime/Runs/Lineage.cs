using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Runs;

/// <summary>One input of a task: a parameter, or what tasks made.</summary>
/// <param name="Input">The input.</param>
/// <param name="Source">Name of the parameter or artifact.</param>
/// <param name="Tasks">The tasks whose artifact it is, in index order; none for a parameter.</param>
/// <param name="Output">Position of the artifact among the outputs of those tasks.</param>
internal sealed record LineageInput(InputDefinition Input, string Source, ImmutableArray<TaskState> Tasks, int Output);

/// <summary>Tells what tasks of a run were computed from, by the graph that the run has recorded.</summary>
internal sealed class Lineage(RunState run)
{
    private readonly GraphDescription _graph = run.Manifest.Graph;

    /// <summary>The inputs of a task, in the order of its parameters.</summary>
    public IEnumerable<LineageInput> InputsOf(TaskState task) => _graph.Steps[task.Address.Step].Inputs.Select(input => InputOf(task, input));

    private LineageInput InputOf(TaskState task, InputDefinition input)
    {
        if (input.Kind == SourceKind.Parameter) return new LineageInput(input, _graph.Parameters[input.Source].Name, [], 0);
        if (input.Shape == InputShape.Carry && task.Address.Iteration > 0 && _graph.Steps[task.Address.Step].Loop is { } loop)
        {
            var before = run.Find(task.Address with { Iteration = task.Address.Iteration - 1 });
            return new LineageInput(input, _graph.Artifacts[_graph.Steps[task.Address.Step].FirstArtifact + loop.Output].Name, before is null ? [] : [before], loop.Output);
        }

        var found = (input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source])
            .Select(artifact => (Artifact: artifact, Tasks: ProducersOf(task.Address, _graph.Artifacts[artifact].Step)))
            .ToList();
        // Of alternatives it is the one that ran.
        var (source, tasks) = found.FirstOrDefault(alternative => alternative.Tasks.Any(producer => producer.HasSucceeded), found[^1]);
        return new LineageInput(input, _graph.Artifacts[source].Name, tasks, source - _graph.Steps[_graph.Artifacts[source].Step].FirstArtifact);
    }

    /// <summary>The tasks of a step whose index agrees with that of another step's task in the dimensions that they share; of a loop its last iteration.</summary>
    private ImmutableArray<TaskState> ProducersOf(TaskAddress task, int producer)
    {
        var (own, theirs) = (_graph.Steps[task.Step].Scope, _graph.Steps[producer].Scope);
        var index = task.Index.ToArray();
        if (theirs.All(own.Contains) && index.Length == own.Length)
        {
            int[] exact = [.. theirs.Select(dimension => index[own.IndexOf(dimension)])];
            return run.Find(new TaskAddress(producer, exact.Length == 0 ? default : TaskIndex.Of(exact))) is { } only ? [only] : [];
        }

        return [.. run.TasksOf(producer).Where(candidate => !candidate.GoesOn && Agrees(candidate.Address.Index.ToArray()))];

        bool Agrees(int[] other)
        {
            for (var i = 0; i < theirs.Length && i < other.Length; i++)
                if (own.IndexOf(theirs[i]) is >= 0 and var at && at < index.Length && index[at] != other[i]) return false;
            return true;
        }
    }
}
