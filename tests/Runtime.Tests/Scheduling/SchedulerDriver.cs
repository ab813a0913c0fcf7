using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>A graph written as text, one step a word (<c>name</c>, <c>name@gh</c> in the dimensions g and h, <c>name*g</c> for the maker of one), and a scheduler driven by task names.</summary>
internal sealed class SchedulerDriver
{
    private readonly string[] _names;
    private readonly string[] _dimensions;
    private readonly HashSet<string> _started = [];
    private readonly Dictionary<string, int> _widths;

    /// <param name="steps">Such as <c>"grid*g fit@g best"</c>.</param>
    /// <param name="edges">Such as <c>"grid>fit fit>best load~fit"</c>; <c>~</c> is an order without data. A <c>?</c> at the end accepts failures, a <c>!</c> lost dimensions too.</param>
    /// <param name="limits">No limits unless given.</param>
    /// <param name="widths">Widths of dimensions, such as <c>"g3 h0"</c>; one that no step makes is a parameter's.</param>
    /// <param name="change">Changes a step, by name.</param>
    /// <param name="decisions">Number of decisions.</param>
    public SchedulerDriver(string steps, string edges, SchedulerLimits? limits = null, string widths = "", Func<string, TaskGraphStep, TaskGraphStep>? change = null, int decisions = 0)
    {
        var words = steps.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _names = [.. words.Select(word => word.Split('@', '*')[0])];
        _widths = widths.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(word => word[..1], word => int.Parse(word[1..]));
        _dimensions = [.. _widths.Keys];
        var graph = TaskGraph.Of([.. words.Select((word, s) =>
        {
            var step = new TaskGraphStep { Scope = Dimensions(word, '@'), Makes = Dimensions(word, '*') };
            return change is null ? step : change(_names[s], step);
        })], _dimensions.Length, decisions, edges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(edge =>
        {
            var ends = edge.TrimEnd('?', '!').Split('>', '~');
            var accepts = edge[^1] switch { '?' => EdgeAccepts.Failure, '!' => EdgeAccepts.Anything, _ => EdgeAccepts.Success };
            return new TaskEdge(Array.IndexOf(_names, ends[0]), Array.IndexOf(_names, ends[1]), accepts, edge.Contains('>'));
        }));
        Core = new SchedulerCore(graph, limits ?? new SchedulerLimits(1000));
        Scheduler.OnStarted(Core, [.. Enumerable.Range(0, _dimensions.Length).Where(d => graph.Makers[d] < 0).Select(d => new DimensionWidth(d, _widths[_dimensions[d]]))], []);
    }

    public SchedulerCore Core { get; }

    /// <summary>Carries out what the scheduler wants now: lists its commands, then starts all it offers; one line, in order.</summary>
    public string Next()
    {
        var said = Commands();
        while (Scheduler.TryStart(Core, out var task, out var attempt))
        {
            said.Add("start " + Name(task) + (attempt > 1 ? "." + attempt : ""));
            _started.Add(Name(task));
            said.AddRange(Commands());
        }

        return string.Join(", ", said);
    }

    /// <param name="task">The task.</param>
    /// <param name="value">What it decides, if it decides anything.</param>
    /// <param name="again">Of a loop, whether there is a next iteration.</param>
    public SchedulerDriver Succeed(string task, int value = 0, bool again = false)
    {
        Scheduler.OnSucceeded(Core, Take(task), again ? [] : Made(task), Decided(task, value), again);
        return this;
    }

    public SchedulerDriver Fail(string task, bool abandoned = false, bool forGood = false, bool isSystem = false)
    {
        Scheduler.OnAttemptFailed(Core, Take(task), abandoned, forGood, isSystem);
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

    private System.Collections.Immutable.ImmutableArray<int> Dimensions(string word, char mark)
    {
        var (start, end) = (word.IndexOf(mark) + 1, word.IndexOfAny(['@', '*'], word.IndexOf(mark) + 1));
        return start == 0 ? [] : [.. word[start..(end < 0 ? word.Length : end)].Select(name => Array.IndexOf(_dimensions, name.ToString()))];
    }

    private TaskAddress Task(string name)
    {
        var parts = name.Split('[', ']', '#');
        return new TaskAddress(
            Array.IndexOf(_names, parts[0]),
            name.Contains('[') ? TaskIndex.Of([.. parts[1].Split(',').Select(int.Parse)]) : default,
            name.Contains('#') ? int.Parse(parts[^1]) : -1);
    }

    private DecidedValue[] Decided(string task, int value) => [.. Core.Graph.Steps[Task(task).Step].Decides.Select(decision => new DecidedValue(decision, value))];

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
            CommandKind.ArmRetry => $"retry {Name(command.Task)}.{command.Attempt}",
            CommandKind.RecordFailure => $"failed {Name(command.Task)}.{command.Attempt}",
            CommandKind.RecordBlocked => $"blocked {Range(command)} by {Name(command.Cause)}",
            CommandKind.RecordSkipped => $"skipped {Range(command)} as {command.Decided.Decision}={command.Decided.Value}",
            CommandKind.Release => "release " + Range(command),
            _ => command.Status.ToString().ToLowerInvariant(),
        }).ToList();
        Core.Commands.Clear();
        return said;
    }

    private string Range(Command command) =>
        command.Count == 1 ? Name(command.Task) : $"{Name(command.Task)[..^1]}..{command.Task.Index.Last + command.Count - 1}]";
}
