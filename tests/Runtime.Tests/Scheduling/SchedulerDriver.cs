using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>A graph written as text, one step a word (<c>name</c>, <c>name@dimension</c>, <c>name*dimension</c> for the maker of one), and a scheduler driven by task names.</summary>
internal sealed class SchedulerDriver
{
    private readonly string[] _names;
    private readonly string[] _dimensions;
    private readonly HashSet<string> _started = [];
    private readonly Dictionary<string, int> _widths;

    /// <param name="steps">Such as <c>"grid*g fit@g best"</c>.</param>
    /// <param name="edges">Such as <c>"grid>fit fit>best load~fit"</c>; <c>~</c> is an order without data.</param>
    /// <param name="limits">No limits unless given.</param>
    /// <param name="widths">Widths of dimensions, such as <c>"g3 h0"</c>; one that no step makes is a parameter's.</param>
    /// <param name="change">Changes a step, by name.</param>
    public SchedulerDriver(string steps, string edges, SchedulerLimits? limits = null, string widths = "", Func<string, TaskGraphStep, TaskGraphStep>? change = null)
    {
        var words = steps.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _names = [.. words.Select(word => word.Split('@', '*')[0])];
        _widths = widths.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(word => word[..1], word => int.Parse(word[1..]));
        _dimensions = [.. _widths.Keys];
        var graph = TaskGraph.Of([.. words.Select((word, s) =>
        {
            var step = new TaskGraphStep
            {
                Dimension = word.Contains('@') ? Array.IndexOf(_dimensions, word.Split('@')[1]) : -1,
                Makes = word.Contains('*') ? [Array.IndexOf(_dimensions, word.Split('*')[1])] : [],
            };
            return change is null ? step : change(_names[s], step);
        })], _dimensions.Length, edges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(edge =>
        {
            var ends = edge.Split('>', '~');
            return (Array.IndexOf(_names, ends[0]), Array.IndexOf(_names, ends[1]), edge.Contains('>'));
        }));
        Core = new SchedulerCore(graph, limits ?? new SchedulerLimits(1000));
        var made = graph.Steps.SelectMany(step => step.Makes).ToHashSet();
        Scheduler.OnStarted(Core, [.. Enumerable.Range(0, _dimensions.Length).Where(d => !made.Contains(d)).Select(d => new DimensionWidth(d, _widths[_dimensions[d]]))]);
    }

    public SchedulerCore Core { get; }

    /// <summary>Carries out what the scheduler wants now: lists its commands, then starts all it offers; one line, in order.</summary>
    public string Next()
    {
        var said = Commands();
        while (Scheduler.TryStart(Core, out var task, out var attempt))
        {
            said.Add("start " + Name(task) + (attempt > 1 ? "#" + attempt : ""));
            _started.Add(Name(task));
            said.AddRange(Commands());
        }

        return string.Join(", ", said);
    }

    public SchedulerDriver Succeed(string task)
    {
        Scheduler.OnSucceeded(Core, Take(task), Made(task));
        return this;
    }

    public bool TakeOver(string task) => Scheduler.OnTakenOver(Core, Task(task), Made(task));

    public SchedulerDriver Fail(string task, bool abandoned = false)
    {
        Scheduler.OnAttemptFailed(Core, Take(task), abandoned);
        return this;
    }

    public SchedulerDriver Cancel(string task)
    {
        Scheduler.OnCancelled(Core, Take(task));
        return this;
    }

    public SchedulerDriver RetryDue(string task)
    {
        Scheduler.OnRetryDue(Core, Task(task));
        return this;
    }

    public SchedulerDriver AbandonedReturned(string task)
    {
        Scheduler.OnAbandonedReturned(Core, Task(task));
        return this;
    }

    public SchedulerDriver Stop()
    {
        Scheduler.OnStopped(Core);
        return this;
    }

    /// <summary>Nothing else happened: no command waits, nothing may start, nothing runs, and the run is over.</summary>
    public void AssertNothingElse()
    {
        Assert.Equal("", Next());
        Assert.Empty(_started);
        Assert.True(Core.Finished);
    }

    private TaskAddress Task(string name)
    {
        var parts = name.Split('[', ']');
        return new TaskAddress(Array.IndexOf(_names, parts[0]), parts.Length > 1 ? (TaskIndex)int.Parse(parts[1]) : default);
    }

    private TaskAddress Take(string name)
    {
        Assert.True(_started.Remove(name), name + " is not running");
        return Task(name);
    }

    private DimensionWidth[] Made(string task) =>
        [.. Core.Graph.Steps[Task(task).Step].Makes.Select(d => new DimensionWidth(d, _widths[_dimensions[d]]))];

    private string Name(TaskAddress task) => _names[task.Step] + task.Suffix;

    private List<string> Commands()
    {
        var said = Core.Commands.Select(command => command.Kind switch
        {
            CommandKind.ArmRetry => $"retry {Name(command.Task)}#{command.Attempt}",
            CommandKind.RecordFailure => $"failed {Name(command.Task)}#{command.Attempt}",
            CommandKind.RecordBlocked => $"blocked {Range(command)} by {Name(command.Cause)}",
            CommandKind.Release => "release " + Range(command),
            _ => command.Status.ToString().ToLowerInvariant(),
        }).ToList();
        Core.Commands.Clear();
        return said;
    }

    private string Range(Command command) =>
        command.Count == 1 ? Name(command.Task) : $"{_names[command.Task.Step]}[{command.Task.Index.Last}..{command.Task.Index.Last + command.Count - 1}]";
}
