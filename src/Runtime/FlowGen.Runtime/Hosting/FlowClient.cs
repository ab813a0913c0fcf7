using FlowGen.CommandLine;
using FlowGen.Executing;
using FlowGen.Executing.Starting;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CompilerServices;

/// <summary>What the generated members <c>RunAsync</c> and <c>Runs</c> of a flow call.</summary>
public static class FlowClient
{
    /// <summary>Runs a flow to its end.</summary>
    /// <param name="definition">The flow.</param>
    /// <param name="flow">Object of the flow's class that carries the parameter values.</param>
    /// <param name="make">Makes the typed run.</param>
    /// <param name="options">How, or <c>null</c> for the defaults.</param>
    /// <param name="cancel">Stops the run; it can be resumed.</param>
    /// <exception cref="RunFailedException">It did not succeed, unless <see cref="RunOptions.ThrowOnFailure"/> is off.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, unless <see cref="RunOptions.ThrowOnFailure"/> is off.</exception>
    /// <exception cref="FlowException">A parameter is not valid, or the store cannot be used.</exception>
    public static async Task<TRun> RunAsync<TRun>(FlowDefinition definition, object flow, Func<FlowRunData, TRun> make, RunOptions? options = null, CancellationToken cancel = default)
        where TRun : FlowRun
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(make);
        options ??= new RunOptions();
        var interceptor = options.Interceptor;
        var request = new RunRequest
        {
            Flow = interceptor?.Starting(definition, flow) ?? definition,
            Store = interceptor?.Store ?? ObjectStores.Open(StoreLocation.OfProcess(options.Store)),
            IsKept = interceptor is null,
            Parameters = Parameters(definition, flow),
            Tags = [.. options.Tags.Select(TagName.Check)],
            MaxParallel = options.MaxParallel,
            FailFast = options.FailFast,
            Overrides = PolicyOptions.Read(definition, options.With, "RunOptions.With"),
            Services = options.Services,
            ProjectDirectory = ProgramPlace.ProjectDirectory() ?? AppContext.BaseDirectory,
        };
        var view = new QuietView(definition, TextWriter.Null, TimeProvider.System);
        await using (view.ConfigureAwait(false))
        {
            var (run, status) = await FlowRunner.RunAsync(request, view, cancel, CancellationToken.None).ConfigureAwait(false);
            var store = await RunStore.OpenAsync(request.Store, forWriting: false, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            var data = new FlowRunData(definition, await store.ReadAsync(run, CancellationToken.None).ConfigureAwait(false), store.Artifacts);
            interceptor?.Ended(data.Info);
            if (status == RunStatus.Succeeded || !options.ThrowOnFailure) return make(data);
            cancel.ThrowIfCancellationRequested();
            throw new RunFailedException(data.Info, WhyFailed(data.State));
        }
    }

    /// <summary>The recorded runs of a flow.</summary>
    /// <param name="definition">The flow.</param>
    /// <param name="make">Makes typed runs.</param>
    /// <param name="store">Folder or URL of the datastore. Default: <c>FLOWGEN_DATASTORE</c>, else <c>.flowgen</c> at the solution or project root.</param>
    public static FlowRuns<TRun> Runs<TRun>(FlowDefinition definition, Func<FlowRunData, TRun> make, string? store = null) where TRun : FlowRun => new(definition, make, store);

    private static object?[] Parameters(FlowDefinition definition, object flow)
    {
        var values = ParameterChecks.Checked(definition, flow);
        for (var i = 0; i < values.Length; i++)
        {
            if (definition.Parameters[i].FromSchedule && ScheduledTime.IsMissing(values[i])) values[i] = ScheduledTime.Of(definition, definition.Parameters[i], TimeProvider.System.GetUtcNow());
        }

        return values;
    }

    private static string WhyFailed(RunState state)
    {
        // A failure that others accept is not why.
        var failed = state.Steps.OrderBy(step => state.Manifest.Graph.Steps[step.Step].Contained).SelectMany(step => step.Failed()).FirstOrDefault();
        var why = failed is { Error: { } error } ? $"task {state.NameOf(failed.Address)} failed: {RunView.Describe(error)}" : state.Reason ?? "nothing was recorded about why.";
        return $"Run {state.Manifest.Run} {StatusNames.Of(state.Status)}: {why}";
    }
}
