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
        if (step.Suffix.Length > 0) throw TestMistakes.ReplacedTask(step);
        _replacements.Add((step, with));
    }

    public void Fail(StepName task, Func<StepContext, Exception?> error) => _failures.Add((task, error));

    public FlowDefinition Starting(FlowDefinition definition, object flow)
    {
        var type = flow.GetType();
        (_flow, Tasks) = ((definition, type), []);
        lock (_lock) _timeline.Clear();
        var replacements = new Replacement?[definition.Steps.Length];
        foreach (var (step, with) in _replacements) replacements[step.In(definition, type)] = Replacement.Of(definition, definition.Steps[step.In(definition, type)], type, step, with);
        var failures = _failures.ToLookup(failure => failure.Task.In(definition, type));
        return definition with { Steps = [.. definition.Steps.Select((step, s) => Prepare(step, [.. failures[s]], replacements[s]))] };
    }

    public void Ended(RunInfo run)
    {
        Tasks = [.. run.Tasks];
        foreach (var (name, _) in _failures)
            if (name.Suffix.Length > 0 && Tasks.Any(task => task.Step == StepOf(name))) Find(name);
    }

    /// <summary>Name of the step that is meant.</summary>
    public string StepOf(string name) => StepOf(StepName.Of(name));

    /// <summary>The tasks that are meant, at least one.</summary>
    /// <exception cref="FlowException">FG1230: there is none.</exception>
    public IReadOnlyList<RunTask> Find(string name) => Find(StepName.Of(name));

    private List<RunTask> Find(StepName name)
    {
        var step = StepOf(name);
        // Those in sub-flows have names of their own.
        List<RunTask> all = [.. Tasks.Where(task => task.Step == step && !task.Name.Contains('/', StringComparison.Ordinal))];
        var found = all.FindAll(task => name.Means(step, task.Name));
        return found.Count > 0 ? found : throw TestMistakes.NoTask(step, name, all);
    }

    private string StepOf(StepName name) => _flow is var (flow, type) ? flow.Steps[name.In(flow, type)].Name : throw TestMistakes.NothingRan(name);

    /// <summary>The step as it runs in a test: nothing of it waits, asks for another place or changes the process.</summary>
    private StepDefinition Prepare(StepDefinition step, (StepName Task, Func<StepContext, Exception?> Error)[] failures, Replacement? replacement) => WithoutPlace(step) with
    {
        Invoke = frame => CallAsync(step, frame, failures, replacement),
        // What stands for a sub-flow gives its outputs.
        SubFlow = replacement is null ? WithoutPlace(step).SubFlow : null,
        // A replacement makes do with what there is.
        Services = replacement is null ? step.Services : [.. step.Services.Select(service => service with { IsOptional = true })],
        PerWorker = replacement is null ? step.PerWorker : [],
    };

    private static StepDefinition WithoutPlace(StepDefinition step) => step with
    {
        Retry = step.Retry is { } retry ? retry with { Backoff = TimeSpan.Zero, MaxBackoff = TimeSpan.Zero } : null,
        RateLimit = null,
        Resources = null,
        Isolated = false,
        Environment = [],
        SubFlow = step.SubFlow is { } inner ? inner with { Flow = inner.Flow with { Steps = [.. inner.Flow.Steps.Select(WithoutPlace)] } } : null,
    };

    private async ValueTask CallAsync(StepDefinition step, StepFrame frame, (StepName Task, Func<StepContext, Exception?> Error)[] failures, Replacement? replacement)
    {
        var (context, task) = (frame.Context, frame.Context.TaskName);
        Note(context, new Moment(step.Name, task, IsStart: true));
        try
        {
            foreach (var (name, error) in failures)
                if (name.Means(step.Name, task) && error(context) is { } thrown) throw thrown;
            if (replacement is null) await step.Invoke(frame).ConfigureAwait(false);
            else await replacement.InvokeAsync(frame).ConfigureAwait(false);
        }
        catch (RetryAfterException e) when (e.Delay > TimeSpan.Zero)
        {
            throw new RetryAfterException(TimeSpan.Zero, e.Message, e);
        }
        finally
        {
            Note(context, new Moment(step.Name, task, IsStart: false));
        }
    }

    /// <summary>Of a gang, the first member stands for all.</summary>
    private void Note(StepContext context, Moment moment)
    {
        if (context.Gang.Rank > 0) return;
        lock (_lock) _timeline.Add(moment);
    }
}
