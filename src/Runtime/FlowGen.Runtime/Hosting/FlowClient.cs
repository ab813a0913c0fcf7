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
    /// <exception cref="FlowException">A parameter is not valid, or the store cannot be used.</exception>
    public static Task<TRun> RunAsync<TRun>(FlowDefinition definition, object flow, Func<FlowRunData, TRun> make, RunOptions? options = null, CancellationToken cancel = default)
        where TRun : FlowRun => throw new NotSupportedException();

    /// <summary>The recorded runs of a flow.</summary>
    /// <param name="definition">The flow.</param>
    /// <param name="make">Makes typed runs.</param>
    /// <param name="store">Folder or URL of the datastore. Default: <c>FLOWGEN_DATASTORE</c>, else <c>.flowgen</c> at the solution or project root.</param>
    public static FlowRuns<TRun> Runs<TRun>(FlowDefinition definition, Func<FlowRunData, TRun> make, string? store = null) where TRun : FlowRun => new(definition, make, store);
}
