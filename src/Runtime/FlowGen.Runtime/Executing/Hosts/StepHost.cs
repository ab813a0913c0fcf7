using FlowGen.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FlowGen.Executing;

/// <summary>What the methods of a flow find in their process beside their inputs: the services of the program, in a scope for each call, and the resources that are opened once.</summary>
/// <param name="services">The services; <c>null</c> for none.</param>
/// <param name="resources">The resources; disposed with this.</param>
internal sealed class StepHost(IServiceProvider? services, WorkerResources resources) : IAsyncDisposable
{
    /// <param name="flow">The flow.</param>
    /// <param name="services">The services; <c>null</c> for none.</param>
    /// <param name="makeFlow">Makes a flow object.</param>
    /// <param name="notice">Hears what goes wrong when a resource is disposed.</param>
    /// <param name="stop">Cancelled when nothing shall be opened any more.</param>
    public static StepHost Of(FlowDefinition flow, IServiceProvider? services, Func<object> makeFlow, Action<string> notice, CancellationToken stop) =>
        new(services, new WorkerResources(flow, services, makeFlow, notice, stop));

    /// <summary>The same for a flow that a task is: the services of the program, and resources of its own.</summary>
    public StepHost Of(FlowDefinition flow, Func<object> makeFlow, Action<string> notice, CancellationToken stop) => Of(flow, services, makeFlow, notice, stop);

    /// <summary>Calls a step. Its scope ends with the call.</summary>
    public ValueTask InvokeAsync(StepDefinition step, StepFrame frame) =>
        step.Services.IsEmpty && step.PerWorker.IsEmpty ? step.Invoke(frame) : InvokeWithAsync(step, frame);

    public ValueTask DisposeAsync() => resources.DisposeAsync();

    private async ValueTask InvokeWithAsync(StepDefinition step, StepFrame frame)
    {
        await resources.ProvideAsync(step.PerWorker, frame).ConfigureAwait(false);
        if (step.Services.IsEmpty || services is null)
        {
            await step.Invoke(frame).ConfigureAwait(false);
            return;
        }

        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            frame.Services = scope.ServiceProvider;
            await step.Invoke(frame).ConfigureAwait(false);
        }
    }
}
