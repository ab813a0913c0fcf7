using System.Text.Json;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Kubernetes.Watching;

/// <summary>All jobs of a run and their pods. What was just created is known at once, though no watch has told of it yet.</summary>
internal sealed class RunWatch : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (JobState Job, long Stamp)> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedList<(DateTimeOffset, string), PodState>> _pods = new(StringComparer.Ordinal);
    private readonly Watched _watchedJobs, _watchedPods;
    private readonly TimeProvider _time;
    private long _stamp;

    public RunWatch(KubeConnection connection, string run, TimeProvider time)
    {
        _time = time;
        var selector = Uri.EscapeDataString($"{JobManifest.RunLabel}={JobManifest.LabelOf(run)}");
        _watchedJobs = new(connection, $"apis/batch/v1/namespaces/{connection.Namespace}/jobs", selector, time, Add, RemoveJob, () => Volatile.Read(ref _stamp), KeepJobs);
        _watchedPods = new(connection, $"api/v1/namespaces/{connection.Namespace}/pods", selector, time, item => AddPod(item, false), item => AddPod(item, true), static () => 0, KeepPods);
    }

    /// <summary>What is known of each job.</summary>
    public async ValueTask<Dictionary<string, JobReport>> ReportAsync(CancellationToken cancel)
    {
        await ReadyAsync(cancel).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        lock (_lock) return _jobs.ToDictionary(static pair => pair.Key, pair => JobWords.Report(pair.Value.Job, PodsOf(pair.Key), now), StringComparer.Ordinal);
    }

    /// <summary>The driver's job, if one drives the run.</summary>
    public async ValueTask<JobState?> DriverAsync(CancellationToken cancel)
    {
        await ReadyAsync(cancel).ConfigureAwait(false);
        lock (_lock) return _jobs.Values.Select(static entry => entry.Job).FirstOrDefault(static job => job is { IsDriver: true, HasEnded: false });
    }

    public bool Knows(string name)
    {
        lock (_lock) return _jobs.ContainsKey(name);
    }

    /// <summary>The newest pod of a job.</summary>
    public async ValueTask<string?> PodAsync(string name, CancellationToken cancel)
    {
        await ReadyAsync(cancel).ConfigureAwait(false);
        lock (_lock) return PodsOf(name) is [.., var pod] ? pod.Name : null;
    }

    /// <summary>Takes a job as the server gave it.</summary>
    public void Add(JsonElement item)
    {
        var job = JobState.Read(item);
        lock (_lock) _jobs[job.Name] = (job, ++_stamp);
    }

    public void Forget(string name)
    {
        lock (_lock) _jobs.Remove(name);
    }

    public async ValueTask DisposeAsync()
    {
        await _watchedJobs.DisposeAsync().ConfigureAwait(false);
        await _watchedPods.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask ReadyAsync(CancellationToken cancel)
    {
        await _watchedJobs.ReadyAsync(cancel).ConfigureAwait(false);
        await _watchedPods.ReadyAsync(cancel).ConfigureAwait(false);
    }

    private void RemoveJob(JsonElement item) => Forget(item.Text("metadata", "name") ?? "");

    private void KeepJobs(HashSet<string> names, long before)
    {
        lock (_lock)
            foreach (var name in _jobs.Where(pair => pair.Value.Stamp <= before && !names.Contains(pair.Key)).Select(static pair => pair.Key).ToList()) _jobs.Remove(name);
    }

    /// <summary>A pod that is gone stays known: how it was last seen says why its job failed.</summary>
    private void AddPod(JsonElement item, bool gone)
    {
        var pod = PodState.Read(item) with { Gone = gone };
        lock (_lock)
        {
            if (!_pods.TryGetValue(pod.Job, out var pods)) _pods[pod.Job] = pods = [];
            pods[(pod.Created, pod.Name)] = pod;
        }
    }

    private void KeepPods(HashSet<string> names, long before)
    {
        lock (_lock)
            foreach (var pods in _pods.Values)
                foreach (var (key, pod) in pods.Where(pair => !pair.Value.Gone && !names.Contains(pair.Value.Name)).ToList()) pods[key] = pod with { Gone = true };
    }

    private IReadOnlyList<PodState> PodsOf(string name) => _pods.TryGetValue(name, out var pods) ? [.. pods.Values] : [];
}
