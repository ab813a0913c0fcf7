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
    /// <summary>The inputs of a task, in the order of its parameters.</summary>
    public IEnumerable<LineageInput> InputsOf(TaskState task) => run.Manifest.Graph.StepOf(task.Address).Inputs.Select(input => InputOf(task, input));

    /// <summary>One input, by the positions of the graph that the run has recorded.</summary>
    public LineageInput InputOf(TaskState task, InputDefinition input)
    {
        var flow = run.FlowOf(task.Address) ?? run;
        var graph = flow.Graph;
        if (input.Shape == InputShape.Carry && task.Address.Iteration > 0 && graph.Steps[task.Address.Step].Loop is { } loop)
        {
            var before = run.Find(task.Address with { Iteration = task.Address.Iteration - 1 });
            return new LineageInput(input, graph.Artifacts[graph.Steps[task.Address.Step].FirstArtifact + loop.Output].Name, before is null ? [] : [before], loop.Output);
        }

        if (input.Kind == SourceKind.Parameter) return new LineageInput(input, graph.Parameters[input.Source].Name, [], 0);
        var found = (input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source])
            .Select(artifact => (Artifact: artifact, Tasks: ProducersOf(flow, task.Address, graph.Artifacts[artifact].Step)))
            .ToList();
        // Of alternatives it is the one that ran.
        var (source, tasks) = found.FirstOrDefault(alternative => alternative.Tasks.Any(producer => producer.HasSucceeded), found[^1]);
        return new LineageInput(input, graph.Artifacts[source].Name, tasks, source - graph.Steps[graph.Artifacts[source].Step].FirstArtifact);
    }

    /// <summary>The tasks of a step whose index agrees with that of another step's task in the dimensions that they share; of a loop its last iteration.</summary>
    private static ImmutableArray<TaskState> ProducersOf(FlowState flow, TaskAddress task, int producer)
    {
        var (own, theirs) = (flow.Graph.Steps[task.Step].Scope, flow.Graph.Steps[producer].Scope);
        var index = task.Index.ToArray();
        if (theirs.All(own.Contains) && index.Length == own.Length)
        {
            int[] exact = [.. theirs.Select(dimension => index[own.IndexOf(dimension)])];
            return flow.Steps[producer].At(exact.Length == 0 ? default : TaskIndex.Of(exact)).LastOrDefault() is { } only ? [only] : [];
        }

        return [.. flow.TasksOf(producer).Where(candidate => !candidate.GoesOn && Agrees(candidate.Address.Index.ToArray()))];

        bool Agrees(int[] other)
        {
            for (var i = 0; i < theirs.Length && i < other.Length; i++)
                if (own.IndexOf(theirs[i]) is >= 0 and var at && at < index.Length && index[at] != other[i]) return false;
            return true;
        }
    }
}
