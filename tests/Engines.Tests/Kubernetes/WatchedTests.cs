using System.Collections.Concurrent;
using System.Text.Json;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Watching;

namespace Engines.Tests.Kubernetes;

public sealed class WatchedTests : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _there = [];
    private Watched? _watched;

    public ValueTask DisposeAsync() => _watched?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Watched Watch(ApiServer server) => _watched = new Watched(server.Connect(), "things", "a=b", TimeProvider.System, item => _there[Name(item)] = true, item => _there.TryRemove(Name(item), out _), () => 0, (names, _) =>
    {
        foreach (var name in _there.Keys.Except(names)) _there.TryRemove(name, out var _);
    });

    private static string Name(JsonElement item) => item.Text("metadata", "name")!;

    private async Task ThereAsync(params string[] names)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!_there.Keys.Order().SequenceEqual(names)) await Task.Delay(10, limit.Token);
    }

    [Fact]
    public async Task Watch_Changes_AreFollowedFromTheListOn()
    {
        using var server = new ApiServer
        {
            Answer = request => request.Contains("watch=true", StringComparison.Ordinal)
                ? (200, ApiServer.Change("ADDED", ApiServer.Item("c", "8")) + ApiServer.Change("DELETED", ApiServer.Item("a", "9")))
                : request.Contains("continue=next", StringComparison.Ordinal) ? (200, ApiServer.List("7", ApiServer.Item("b"))) : (200, ApiServer.List("7", ApiServer.Item("a")).Replace("\"7\"", "\"7\",\"continue\":\"next\"", StringComparison.Ordinal)),
        };

        await Watch(server).ReadyAsync(CancellationToken.None);

        await ThereAsync("b", "c");
        Assert.Contains(server.Requests, request => request.Contains("resourceVersion=7&", StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count(request => !request.Contains("watch=true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Watch_EndsAfterItsTime_GoesOnWhereItWas()
    {
        using var server = new ApiServer
        {
            Answer = request => request.Contains("resourceVersion=12&", StringComparison.Ordinal) ? (200, ApiServer.Change("ADDED", ApiServer.Item("b", "13")))
                : request.Contains("watch=true", StringComparison.Ordinal) ? (200, ApiServer.Change("BOOKMARK", ApiServer.Item("END", "12"))) : (200, ApiServer.List("7", ApiServer.Item("a"))),
        };

        await Watch(server).ReadyAsync(CancellationToken.None);

        await ThereAsync("a", "b");
        Assert.Single(server.Requests, request => !request.Contains("watch=true", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(410)]
    public async Task Watch_VersionIsForgotten_ListsAnew(int status)
    {
        using var server = new ApiServer
        {
            Answer = request => request.Contains("resourceVersion=7&", StringComparison.Ordinal) ? (status, ApiServer.Change("ERROR", """{"kind":"Status","code":410,"reason":"Gone","message":"END"}"""))
                : request.Contains("watch=true", StringComparison.Ordinal) ? (200, "") : (200, _there.ContainsKey("a") ? ApiServer.List("20", ApiServer.Item("b")) : ApiServer.List("7", ApiServer.Item("a"))),
        };

        await Watch(server).ReadyAsync(CancellationToken.None);

        await ThereAsync("b");
    }

    [Fact]
    public async Task Ready_ServerIsOverloaded_SaysForHowLong()
    {
        using var server = new ApiServer { Answer = static _ => (429, """{"message":"too many requests"}""") };

        var e = await Assert.ThrowsAsync<EngineUnavailableException>(async () => await Watch(server).ReadyAsync(CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(7), e.RetryAfter);
        Assert.Contains("too many requests", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_NobodyListens_IsUnavailable()
    {
        var server = new ApiServer { Answer = static _ => (200, "") };
        server.Dispose();

        var e = await Assert.ThrowsAsync<EngineUnavailableException>(async () => await Watch(server).ReadyAsync(CancellationToken.None));

        Assert.StartsWith("Kubernetes at http://127.0.0.1:", e.Message, StringComparison.Ordinal);
    }
}
