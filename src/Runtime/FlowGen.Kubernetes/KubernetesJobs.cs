using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;
using FlowGen.Kubernetes.Watching;

namespace FlowGen.Kubernetes;

/// <summary>Jobs of Kubernetes. Creating one again is harmless, for its name is its identity (409 means that it is there).</summary>
internal sealed class KubernetesJobs(KubernetesSettings settings, KubeConnection connection, TimeProvider time) : IJobEngine
{
    /// <summary>Most requests at the same time: an API server serves all of the cluster.</summary>
    private const int Requests = 8;

    private const int ConsoleLines = 100, ConsoleBytes = 8 * 1024;

    private readonly ConcurrentDictionary<string, RunWatch> _runs = new(StringComparer.Ordinal);

    private string Jobs => $"apis/batch/v1/namespaces/{connection.Namespace}/jobs";

    public async ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        foreach (var run in jobs.GroupBy(static job => job.Run, StringComparer.Ordinal))
        {
            var watch = Watch(run.Key);
            var driver = await watch.DriverAsync(cancel).ConfigureAwait(false);
            await ForEachAsync(run.Where(job => !watch.Knows(job.Name)), async (job, stop) =>
            {
                var owner = driver is null || job.IsDriver ? default((string, string)?) : (driver.Name, driver.Uid);
                var created = await connection.SendAsync(HttpMethod.Post, Jobs, JobManifest.Of(job, settings, owner), stop).ConfigureAwait(false)
                    ?? await connection.SendAsync(HttpMethod.Get, $"{Jobs}/{job.Name}", null, stop).ConfigureAwait(false);
                if (created is { } item) watch.Add(item);
            }, cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel) => await Watch(run).ReportAsync(cancel).ConfigureAwait(false);

    public async ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var watch = Watch(run);
        await ForEachAsync(names, async (name, stop) =>
        {
            // In the background: its pods go by themselves, and whoever asks need not wait for a machine.
            await connection.SendAsync(HttpMethod.Delete, $"{Jobs}/{name}", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = "Background" }, stop).ConfigureAwait(false);
            watch.Forget(name);
        }, cancel).ConfigureAwait(false);
    }

    public async ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel) =>
        await Watch(run).PodAsync(name, cancel).ConfigureAwait(false) is { } pod
            ? await connection.ReadTextAsync($"api/v1/namespaces/{connection.Namespace}/pods/{pod}/log?container={PodTemplate.Container}&tailLines={ConsoleLines}&limitBytes={ConsoleBytes}", cancel).ConfigureAwait(false)
            : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _runs.Values) await watch.DisposeAsync().ConfigureAwait(false);
        connection.Dispose();
    }

    private RunWatch Watch(string run) => _runs.GetOrAdd(run, static (run, engine) => new RunWatch(engine.connection, run, engine.time), (connection, time));

    private static async ValueTask ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> body, CancellationToken cancel)
    {
        try
        {
            await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Requests, CancellationToken = cancel }, body).ConfigureAwait(false);
        }
        catch (AggregateException e) when (e.InnerExceptions is [var first, ..])
        {
            throw first;
        }
    }
}
