using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlowGen.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FlowGen.Executing;

/// <summary>
/// The resources of one process. Each is opened when the first task needs it; tasks that come meanwhile wait for the same opening, and one that failed is tried again by the next task.
/// An opening belongs to no attempt: the time limit of who began it does not end it for the others.
/// </summary>
internal sealed class WorkerResources(FlowDefinition flow, IServiceProvider? services, Func<object> makeFlow, Action<string> notice, CancellationToken stop) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Task<object>?[] _openings = new Task<object>?[flow.PerWorker.Length];
    private readonly object?[] _resources = new object?[flow.PerWorker.Length];
    private readonly ConcurrentStack<(string Method, object Resource, IAsyncDisposable? Scope)> _open = [];
    private volatile bool _disposed;

    /// <summary>Opens what is not open yet, and lets the frame see it.</summary>
    public async ValueTask ProvideAsync(ImmutableArray<int> wanted, StepFrame frame)
    {
        frame.Resources = _resources;
        foreach (var resource in wanted)
        {
            if (Volatile.Read(ref _resources[resource]) is null) await GetAsync(resource, frame.Context).WaitAsync(frame.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Disposes what is open, the last first. An opening that is still under way disposes of its own result.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_open.TryPop(out var last)) await CloseAsync(last).ConfigureAwait(false);
    }

    private Task<object> GetAsync(int resource, StepContext asking)
    {
        var opening = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_openings[resource] is { IsFaulted: false } known) return known;
            _openings[resource] = opening.Task;
        }

        _ = CompleteAsync();
        return opening.Task;

        async Task CompleteAsync()
        {
            try
            {
                opening.SetResult(await OpenAsync(resource, asking).ConfigureAwait(false));
            }
#pragma warning disable CA1031 // It fails the attempts that wait for it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                opening.SetException(e);
            }
        }
    }

    private async Task<object> OpenAsync(int resource, StepContext asking)
    {
        var definition = flow.PerWorker[resource];
        var frame = new StepFrame(makeFlow(), [], 0, asking, stop);
        await ProvideAsync(definition.PerWorker, frame).ConfigureAwait(false);

        // What the resource was made from lives as long as it does.
        AsyncServiceScope? scope = definition.Services.IsEmpty ? null : services?.CreateAsyncScope();
        frame.Services = scope?.ServiceProvider;
        object opened;
        try
        {
            opened = await definition.Open(frame).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"[PerWorker] {definition.Method} returned null; return the resource, or throw an exception that says why there is none.");
        }
        catch
        {
            if (scope is { } unused) await unused.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _open.Push((definition.Method, opened, scope));
        Volatile.Write(ref _resources[resource], opened);
        if (_disposed) await DisposeAsync().ConfigureAwait(false);
        return opened;
    }

    private async ValueTask CloseAsync((string Method, object Resource, IAsyncDisposable? Scope) last)
    {
        try
        {
            if (last.Resource is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
            else (last.Resource as IDisposable)?.Dispose();
            if (last.Scope is { } scope) await scope.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Code of people: the results of the tasks that used it are what they are.
        catch (Exception e)
#pragma warning restore CA1031
        {
            notice($"The resource of [PerWorker] {last.Method} could not be disposed: {e.GetType().Name}: {e.Message}");
        }
    }
}
