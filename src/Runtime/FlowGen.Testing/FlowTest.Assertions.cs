namespace FlowGen.Testing;

/// <content>What a test can ask after a run. Every name is that of a task such as <c>fit[3]</c> or, in a sub-flow, <c>prepare[2]/clean[3]</c>; or of a step or its method for all its tasks, ignoring case.</content>
public sealed partial class FlowTest
{
    /// <summary>The tasks of the last run, by step, index and iteration.</summary>
    public IReadOnlyList<RunTask> Tasks => _interception.Tasks;

    /// <summary>Names of the tasks of the last run whose steps were called, in that order; once for each attempt.</summary>
    public IReadOnlyList<string> Calls => [.. _interception.Timeline.Where(moment => moment.IsStart).Select(moment => moment.Task)];

    /// <summary>A task of the last run.</summary>
    /// <exception cref="FlowException">FG1230: there is no such task, or the name is that of several.</exception>
    public RunTask Task(string name) => _interception.Find(name) is [var task] ? task : throw TestMistakes.SeveralTasks(name, _interception.Find(name));

    /// <summary>Asserts that tasks succeeded.</summary>
    /// <exception cref="FlowAssertionException">One did not.</exception>
    /// <exception cref="FlowException">FG1230: there is no such task.</exception>
    public FlowTest AssertSucceeded(params ReadOnlySpan<string> tasks) => AssertStatus("succeeded", static task => task.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused, tasks);

    /// <summary>Asserts that tasks failed for good.</summary>
    /// <exception cref="FlowAssertionException">One did not.</exception>
    /// <exception cref="FlowException">FG1230: there is no such task.</exception>
    public FlowTest AssertFailed(params ReadOnlySpan<string> tasks) => AssertStatus("failed", static task => task.Status == FlowTaskStatus.Failed, tasks);

    /// <summary>Asserts that tasks were skipped, because of a decision.</summary>
    /// <exception cref="FlowAssertionException">One was not.</exception>
    /// <exception cref="FlowException">FG1230: there is no such task.</exception>
    public FlowTest AssertSkipped(params ReadOnlySpan<string> tasks) => AssertStatus("was skipped", static task => task.Status == FlowTaskStatus.Skipped, tasks);

    /// <summary>Asserts that tasks never started, because something they need failed.</summary>
    /// <exception cref="FlowAssertionException">One did, or had another reason.</exception>
    /// <exception cref="FlowException">FG1230: there is no such task.</exception>
    public FlowTest AssertBlocked(params ReadOnlySpan<string> tasks) => AssertStatus("was blocked", static task => task.Status == FlowTaskStatus.Blocked, tasks);

    /// <summary>Asserts how many attempts each task had.</summary>
    /// <exception cref="FlowAssertionException">One had another number.</exception>
    /// <exception cref="FlowException">FG1230: there is no such task.</exception>
    public FlowTest AssertAttempts(string task, int attempts)
    {
        foreach (var found in _interception.Find(task))
            if (found.Attempts != attempts) throw new FlowAssertionException($"Task '{found.Name}' had {Times(found.Attempts)}, expected {attempts}.");
        return this;
    }

    /// <summary>Asserts that every task named was over before the first attempt of the next one began. Others may have run between them.</summary>
    /// <exception cref="FlowAssertionException">One began too early, or its step was never called.</exception>
    /// <exception cref="FlowException">FG1230: there is no such task.</exception>
    public FlowTest AssertOrder(params ReadOnlySpan<string> tasks)
    {
        var (last, before) = (-1, "");
        foreach (var name in tasks)
        {
            var names = _interception.Find(name).Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
            var timeline = _interception.Timeline;
            var first = timeline.FindIndex(moment => names.Contains(moment.Task));
            if (first < 0) throw new FlowAssertionException($"'{name}' was never called, expected {(before.Length == 0 ? "that it was" : $"it after '{before}'")}.");
            if (first < last) throw new FlowAssertionException($"'{timeline[first].Task}' was called before '{before}' was over, expected it after that; the order was {string.Join(", ", Calls)}.");
            (last, before) = (timeline.FindLastIndex(moment => names.Contains(moment.Task)), name);
        }

        return this;
    }

    /// <summary>Asserts which steps were called at all: these and no others.</summary>
    /// <exception cref="FlowAssertionException">One was not called, or another one was.</exception>
    /// <exception cref="FlowException">FG1230: the flow has no such step.</exception>
    public FlowTest AssertCalledOnly(params ReadOnlySpan<string> steps)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps) expected.UnionWith(_interception.StepsOf(step));
        var called = _interception.Timeline.Select(moment => moment.Step).ToHashSet(StringComparer.Ordinal);
        return expected.SetEquals(called)
            ? this
            : throw new FlowAssertionException($"The steps {List(called)} were called, expected {List(expected)}: {string.Join("; ", Difference("not", expected.Except(called)).Concat(Difference("besides", called.Except(expected))))}.");

        static IEnumerable<string> Difference(string word, IEnumerable<string> names) => names.Any() ? [$"{word} {List(names)}"] : [];
        static string List(IEnumerable<string> names) => names.Any() ? string.Join(", ", names.Order(StringComparer.Ordinal)) : "(none)";
    }

    private FlowTest AssertStatus(string expected, Func<RunTask, bool> holds, ReadOnlySpan<string> tasks)
    {
        foreach (var name in tasks)
            foreach (var task in _interception.Find(name))
                if (!holds(task)) throw new FlowAssertionException($"Task '{task.Name}' {Describe(task)}, expected that it {expected}.{(task.Reason is { } reason ? " " + reason : "")}");
        return this;
    }

    private static string Describe(RunTask task) => task.Status switch
    {
        FlowTaskStatus.Succeeded or FlowTaskStatus.Reused => "succeeded",
        FlowTaskStatus.Failed => "failed",
        FlowTaskStatus.Skipped => "was skipped",
        FlowTaskStatus.Blocked => "was blocked",
        FlowTaskStatus.Cancelled => "was cancelled",
        _ => "did not end",
    };

    private static string Times(int attempts) => attempts == 1 ? "1 attempt" : $"{attempts} attempts";
}
