using System.Text.Json;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;

namespace FlowGen.Kubernetes.Watching;

/// <summary>
/// The objects of one kind that a label selects, kept up to date: listed once, then watched from the version of the list on. A watch that ends is taken up where it ended; one whose version the server has
/// forgotten (410 Gone) begins with a new list.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="path">Where objects of the kind are.</param>
/// <param name="selector">The label.</param>
/// <param name="time">The clock.</param>
/// <param name="added">Takes an object that is there.</param>
/// <param name="removed">Takes one that is not there any more, as it was last seen.</param>
/// <param name="stamp">A number that grows with what is added.</param>
/// <param name="listed">Takes the names of all that there are, and the number when the list was asked for.</param>
internal sealed class Watched(KubeConnection connection, string path, string selector, TimeProvider time, Action<JsonElement> added, Action<JsonElement> removed, Func<long> stamp, Action<HashSet<string>, long> listed) : IAsyncDisposable
{
    private const int PageSize = 500, WatchSeconds = 290;

    /// <summary>For how long what was last heard counts while the server cannot be reached.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), LongestPause = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _gone = new();
    private readonly SemaphoreSlim _starting = new(1);
    private Task? _following;
    private long _brokenSince = -1;
    private volatile Exception? _broken;

    /// <summary>Waits until there is a first list.</summary>
    /// <exception cref="EngineUnavailableException">There is none, or has not been one for some time.</exception>
    public async ValueTask ReadyAsync(CancellationToken cancel)
    {
        if (_following is null)
        {
            await _starting.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                if (_following is null)
                {
                    var version = await ListAsync(cancel).ConfigureAwait(false);
                    _following = Task.Run(() => FollowAsync(version), CancellationToken.None);
                }
            }
            finally
            {
                _starting.Release();
            }
        }
        if (_broken is { } e && time.GetElapsedTime(Volatile.Read(ref _brokenSince)) > Patience) throw e is FlowException or EngineUnavailableException ? e : KubeErrors.Unreachable("the cluster", e);
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync().ConfigureAwait(false);
        if (_following is { } following) await following.ConfigureAwait(false);
        _gone.Dispose();
        _starting.Dispose();
    }

    private async ValueTask<string> ListAsync(CancellationToken cancel)
    {
        while (true)
        {
            var (names, before, next, version) = (new HashSet<string>(StringComparer.Ordinal), stamp(), "", "");
            do
            {
                var answer = await connection.SendAsync(HttpMethod.Get, $"{path}?labelSelector={selector}&limit={PageSize}{(next.Length > 0 ? "&continue=" + Uri.EscapeDataString(next) : "")}", null, cancel).ConfigureAwait(false);
                if (answer is not { } page) throw new EngineUnavailableException($"Kubernetes has nothing at {path}.");
                foreach (var item in page.Items("items"))
                {
                    names.Add(item.Text("metadata", "name") ?? "");
                    added(item);
                }
                (next, version) = (page.Text("metadata", "continue") ?? "", page.Text("metadata", "resourceVersion") ?? "");
            }
            while (next.Length > 0);
            listed(names, before);
            return version;
        }
    }

    private async Task FollowAsync(string version)
    {
        var cancel = _gone.Token;
        var pause = TimeSpan.Zero;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (version.Length == 0) version = await ListAsync(cancel).ConfigureAwait(false);
                var heard = false;
                await foreach (var change in connection.WatchAsync($"{path}?watch=true&allowWatchBookmarks=true&labelSelector={selector}&resourceVersion={version}&timeoutSeconds={WatchSeconds}", cancel).ConfigureAwait(false))
                {
                    (heard, _broken, pause) = (true, null, TimeSpan.Zero);
                    if (change.At("object") is not { } item) continue;
                    switch (change.Text("type"))
                    {
                        case "ADDED" or "MODIFIED":
                            added(item);
                            break;
                        case "DELETED":
                            removed(item);
                            break;
                        case "ERROR":
                            version = "";
                            continue;
                    }
                    if (version.Length > 0) version = item.Text("metadata", "resourceVersion") ?? "";
                }
                _broken = null;
                // A server that ends a watch at once without a word is not to be asked in a circle.
                if (!heard) await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is EngineUnavailableException or FlowException || KubeConnection.IsNetwork(e, cancel))
            {
                if (_broken is null) Volatile.Write(ref _brokenSince, time.GetTimestamp());
                _broken = e;
                // The version is too old, or there was some other trouble: a list always works.
                version = "";
                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await Task.Delay(pause, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
