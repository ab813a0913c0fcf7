using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>One flow in a run, its own or one that a task is: which tasks there are, as far as its collections are known.</summary>
internal sealed class FlowTally
{
    private readonly GraphDescription _graph;
    private readonly Extents _extents;
    private readonly StepScope[] _scopes;
    private readonly int[] _left;
    private readonly bool[] _expanded;
    private int _growing;

    /// <param name="graph">The flow.</param>
    /// <param name="steps">Where its steps are counted, with those of others that are alike.</param>
    public FlowTally(GraphDescription graph, StepTally[] steps)
    {
        (_graph, Steps) = (graph, steps);
        _extents = new Extents(graph);
        _scopes = [.. graph.Steps.Select(step => new StepScope(_extents, step.Scope))];
        (_expanded, _left) = (new bool[steps.Length], new int[steps.Length]);
        for (var i = 0; i < steps.Length; i++)
        {
            if (_expanded[i] = graph.Steps[i].Scope.IsEmpty)
            {
                _left[i] = 1;
                steps[i].Total = (steps[i].Total ?? 0) + 1;
            }
            else
            {
                _growing++;
                steps[i].Growing++;
            }
        }
    }

    public StepTally[] Steps { get; }

    /// <summary>Whether any task failed that fails the flow.</summary>
    public bool HasFailed { get; set; }

    public string? LabelOf(TaskAddress task) => TaskLabels.Of(_graph, _extents, task);

    public void Sized(DimensionSized sized)
    {
        if (!_extents.TryAdd(sized)) return;
        for (var i = 0; i < Steps.Length; i++)
        {
            if (!_graph.Steps[i].Scope.Contains(sized.Dimension)) continue;
            var more = (int)Math.Min(_scopes[i].CountBecauseOf(sized.Dimension, sized.At), int.MaxValue);
            Add(i, more);
        }

        Expand();
    }

    /// <summary>Tasks were decided.</summary>
    public void Done(int step, int count)
    {
        _left[step] -= count;
        Expand();
    }

    public void Blocked(TasksBlocked blocked)
    {
        // What never came to be counts as one.
        if (blocked.First.Index.Count < _graph.Steps[blocked.First.Step].Scope.Length) Add(blocked.First.Step, blocked.Count);
        Done(blocked.First.Step, blocked.Count);
    }

    private void Add(int step, int more)
    {
        Steps[step].Total = (int)Math.Min((Steps[step].Total ?? 0) + (long)more, int.MaxValue);
        _left[step] += more;
    }

    /// <summary>A step has all its tasks when those that make its collections are done.</summary>
    private void Expand()
    {
        if (_growing == 0) return;
        for (var i = 0; i < Steps.Length; i++)
        {
            if (_expanded[i] || Steps[i].Total is null || !_graph.Steps[i].Scope.All(IsKnown)) continue;
            _expanded[i] = true;
            Steps[i].Growing--;
            _growing--;
        }
    }

    private bool IsKnown(int dimension) => _graph.Dimensions[dimension] is not { Kind: SourceKind.Artifact, Source: var source }
        || (_expanded[_graph.Artifacts[source].Step] && _left[_graph.Artifacts[source].Step] == 0);
}
