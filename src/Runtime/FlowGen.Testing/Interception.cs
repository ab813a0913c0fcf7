using FlowGen.CompilerServices;
using FlowGen.Hosting;
using FlowGen.Storage;

namespace FlowGen.Testing;

/// <summary>Stands between a run and its steps, and remembers what was called.</summary>
internal sealed class Interception : IRunInterceptor
{
    private readonly Lock _lock = new();
    private readonly List<(StepName Step, object? With)> _replacements = [];
    private readonly List<(StepName Task, Func<StepContext, Exception?> Error)> _failures = [];
    private readonly List<Moment> _timeline = [];
    private (FlowDefinition Definition, Type Class)? _flow;

    public IObjectStore Store { get; } = new InMemoryStore();

    public IReadOnlyList<RunTask> Tasks { get; private set; } = [];

    /// <summary>When attempts began and ended.</summary>
    public List<Moment> Timeline
    {
        get
        {
            lock (_lock) return [.. _timeline];
        }
    }

    public void Replace(StepName step, object? with)
    {
        if (step.IsOfTasks) throw TestMistakes.ReplacedTask(step);
        _replacements.Add((step, with));
    }

    public void Fail(StepName task, Func<StepContext, Exception?> error) => _failures.Add((task, error));

    public FlowDefinition Starting(FlowDefinition definition, object flow)
    {
        var type = flow.GetType();
        (_flow, Tasks) = ((definition, type), []);
        lock (_lock) _timeline.Clear();
        var replacements = new Dictionary<string, (StepName, object?)>(StringComparer.Ordinal);
        foreach (var replacement in _replacements)
            foreach (var step in replacement.Step.In(definition, type)) replacements[step] = replacement;
        var failures = _failures.SelectMany(failure => failure.Task.In(definition, type), (failure, step) => (step, failure)).ToLookup(pair => pair.step, pair => pair.failure);
        return Prepare(definition, type, "", replacements, failures);
    }

    public void Ended(RunInfo run)
    {
        Tasks = [.. run.Tasks];
        foreach (var (name, _) in _failures)
            if (name.IsOfTasks && Tasks.Any(task => StepsOf(name).Contains(StepName.StepOf(task.Name)))) Find(name);
    }

    /// <summary>Names of the steps that are meant.</summary>
    public IReadOnlyList<string> StepsOf(string name) => StepsOf(StepName.Of(name));

    /// <summary>The tasks that are meant, at least one.</summary>
    /// <exception cref="FlowException">FG1230: there is none.</exception>
    public IReadOnlyList<RunTask> Find(string name) => Find(StepName.Of(name));

    private List<RunTask> Find(StepName name)
    {
        var steps = StepsOf(name);
        List<RunTask> all = [.. Tasks.Where(task => steps.Contains(StepName.StepOf(task.Name)))];
        var found = all.FindAll(task => name.Means(task.Name));
        return found.Count > 0 ? found : throw TestMistakes.NoTask(steps[0], name, all);
    }

    private IReadOnlyList<string> StepsOf(StepName name) => _flow is var (flow, type) ? name.In(flow, type) : throw TestMistakes.NothingRan(name);

    private FlowDefinition Prepare(FlowDefinition flow, Type? flowClass, string prefix, Dictionary<string, (StepName Step, object? With)> replacements, ILookup<string, (StepName Task, Func<StepContext, Exception?> Error)> failures) => flow with
    {
        Steps =
        [
            .. flow.Steps.Select(step =>
            {
                var path = prefix + step.Name;
                var replacement = replacements.TryGetValue(path, out var with) ? Replacement.Of(flow, step, flowClass, with.Step, with.With) : null;
                var inner = step.SubFlow is null || replacement is { GivesArtifacts: true } ? null : step.SubFlow with { Flow = Prepare(step.SubFlow.Flow, null, path + "/", replacements, failures) };
                return Prepare(step, path, [.. failures[path]], replacement) with { SubFlow = inner };
            }),
        ],
    };

    /// <summary>The step as it runs in a test: nothing of it waits, asks for another place or changes the process.</summary>
    private StepDefinition Prepare(StepDefinition step, string path, (StepName Task, Func<StepContext, Exception?> Error)[] failures, Replacement? replacement) => step with
    {
        Invoke = frame => CallAsync(step, path, frame, failures, replacement),
        Retry = step.Retry is { } retry ? retry with { Backoff = TimeSpan.Zero, MaxBackoff = TimeSpan.Zero } : null,
        RateLimit = null,
        Resources = null,
        Isolated = false,
        Environment = [],
        // A replacement makes do with what there is.
        Services = replacement is null ? step.Services : [.. step.Services.Select(service => service with { IsOptional = true })],
        PerWorker = replacement is null ? step.PerWorker : [],
    };

    private async ValueTask CallAsync(StepDefinition step, string path, StepFrame frame, (StepName Task, Func<StepContext, Exception?> Error)[] failures, Replacement? replacement)
    {
        var (context, task) = (frame.Context, frame.Context.TaskName);
        Note(context, new Moment(path, task, IsStart: true));
        try
        {
            foreach (var (name, error) in failures)
                if (name.Means(task) && error(context) is { } thrown) throw thrown;
            if (replacement is null) await step.Invoke(frame).ConfigureAwait(false);
            else await replacement.InvokeAsync(frame).ConfigureAwait(false);
        }
        catch (RetryAfterException e) when (e.Delay > TimeSpan.Zero)
        {
            throw new RetryAfterException(TimeSpan.Zero, e.Message, e);
        }
        finally
        {
            Note(context, new Moment(path, task, IsStart: false));
        }
    }

    /// <summary>Of a gang, the first member stands for all.</summary>
    private void Note(StepContext context, Moment moment)
    {
        if (context.Gang.Rank > 0) return;
        lock (_lock) _timeline.Add(moment);
    }
}
