using System.Collections.Immutable;
using CsCheck;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

public class RunTagsTests
{
    private readonly InMemoryStore _objects = new();
    private DateTimeOffset _created = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private RunTags Tags => new(_objects, TimeProvider.System);

    private async Task<RunManifest> StartAsync(RunStatus? end = RunStatus.Succeeded, params string[] tags)
    {
        var store = await Samples.OpenAsync(_objects);
        // Runs of one millisecond have no order.
        var manifest = Samples.Manifest(_created += TimeSpan.FromSeconds(1)) with { Tags = [.. tags] };
        await store.Tags.AnnounceAsync(manifest.Run, tags.Where(tag => !TagName.IsSystem(tag)), default);
        await using var log = await RunLog.CreateAsync(store, manifest, TimeProvider.System, default);
        if (end is { } status) await log.FinishAsync(Samples.End(status));
        return manifest;
    }

    private async Task<string> TagsOfAsync(RunManifest run) => string.Join(' ', await Tags.ReadAsync(run, default));

    private async Task<ImmutableArray<RunKey>> CarriersAsync(string tag)
    {
        var store = await Samples.OpenAsync(_objects);
        return [.. await store.SummarizeAllAsync("sample", tag, null, default).Select(run => run.Run).ToListAsync()];
    }

    [Fact]
    public async Task ChangeAsync_TagsGivenAndTaken_AreThoseOfTheRunFromThenOn()
    {
        var run = await StartAsync(tags: ["project:p", "a", "b"]);

        await Tags.ChangeAsync(run.Run, ["c"], ["a"], default);
        await Tags.ChangeAsync(run.Run, ["a"], ["b"], default);

        Assert.Equal("project:p a c", await TagsOfAsync(run));
        var store = await Samples.OpenAsync(_objects);
        Assert.Equal(["project:p", "a", "c"], (await store.SummarizeAsync(run.Run, default)).Manifest.Tags);
        Assert.Equal(["project:p", "a", "c"], (await store.ReadAsync(run.Run, default)).Manifest.Tags);
        Assert.Equal(["project:p", "a", "c"], (await store.OverviewAsync(run.Run, default)).Summary.Manifest.Tags);
    }

    [Fact]
    public async Task ResolveAsync_TagOfOneRun_FindsIt()
    {
        var (first, second) = (await StartAsync(tags: "a/b"), await StartAsync(tags: "other"));
        await Tags.ChangeAsync(second.Run, ["é 漢"], [], default);
        var store = await Samples.OpenAsync(_objects);

        Assert.Equal(first.Run, await store.ResolveAsync("sample", "@a/b", default));
        Assert.Equal(first.Run, await store.ResolveAsync(null, "sample/@a/b", default));
        Assert.Equal(second.Run, await store.ResolveAsync(null, "@é 漢", default));
        Assert.Equal("FG1201", (await Assert.ThrowsAsync<FlowException>(async () => await store.ResolveAsync("sample", "@b", default))).Code);
        Assert.Equal("FG1201", (await Assert.ThrowsAsync<FlowException>(async () => await store.ResolveAsync("other", "@other", default))).Code);
    }

    [Fact]
    public async Task ResolveAsync_TagOfSeveralRuns_ListsThem()
    {
        var runs = new[] { await StartAsync(tags: "nightly"), await StartAsync(tags: "nightly"), await StartAsync(tags: "nightly") };
        await Tags.ChangeAsync(runs[1].Run, [], ["nightly"], default);
        var store = await Samples.OpenAsync(_objects);

        var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ResolveAsync(null, "@nightly", default));

        Assert.Equal(("FG1202", 3), (error.Code, error.ExitCode));
        Assert.Contains(runs[0].Run.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains(runs[2].Run.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(runs[1].Run.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveAsync_ToOneRunAfterAnother_IsCarriedByTheLast()
    {
        var (first, second) = (await StartAsync(tags: "champion"), await StartAsync());
        await Tags.MoveAsync(second.Run, "champion", default);
        Assert.Equal([second.Run], await CarriersAsync("champion"));
        Assert.Equal(("", "champion"), (await TagsOfAsync(first), await TagsOfAsync(second)));

        var third = await StartAsync(tags: "champion"); // given to a run after the move, so it stays
        Assert.Equal([third.Run, second.Run], await CarriersAsync("champion"));

        await Tags.MoveAsync(first.Run, "champion", default);
        Assert.Equal([first.Run], await CarriersAsync("champion"));
        await Tags.ChangeAsync(first.Run, [], ["champion"], default);
        Assert.Empty(await CarriersAsync("champion"));
    }

    [Fact]
    public async Task LatestSuccessfulAsync_WithATag_TakesTheNewestThatCarriesItNow()
    {
        var (old, taken, failed) = (await StartAsync(tags: "prod"), await StartAsync(tags: "prod"), await StartAsync(RunStatus.Failed, "prod"));
        await StartAsync();
        await Tags.ChangeAsync(taken.Run, [], ["prod"], default);
        await Tags.AnnounceAsync(RunKey.Create("sample", DateTimeOffset.UtcNow), ["prod"], default); // never registered
        var store = await Samples.OpenAsync(_objects);

        Assert.Equal(old.Run, (await store.LatestSuccessfulAsync("sample", "prod", default))!.Run);
        Assert.Equal([failed.Run, old.Run], await CarriersAsync("prod"));
        Assert.Null(await store.LatestSuccessfulAsync("sample", "nothing", default));
    }

    [Fact]
    public void MoveAsync_BySeveralAtOnce_EndsWithOneCarrierAndIsNeverWithout() => Gen.Byte.Array[0, 60].Sample(choices =>
    {
        var objects = new InMemoryStore();
        var turns = new TurnStore(objects);
        var runs = Enumerable.Range(0, 4).Select(_ => Samples.Manifest() with { Tags = [] }).ToArray();
        Done(new RunTags(objects, TimeProvider.System).ChangeAsync(runs[0].Run, ["champion"], [], default));
        Task[] movers = [.. runs[1..].Select(run => new RunTags(turns, TimeProvider.System).MoveAsync(run.Run, "champion", default).AsTask())];
        foreach (var choice in choices.Concat(Enumerable.Repeat((byte)0, 1000)))
        {
            if (turns.Waiting == 0) break;
            turns.Give(choice);
            Assert.NotEqual(0, Carriers());
        }

        Assert.All(movers, mover => Assert.True(mover.IsCompletedSuccessfully));
        Assert.Equal(1, Carriers());
        // The candidates have all of them at every moment.
        var candidates = new RunTags(objects, TimeProvider.System).CandidatesAsync("sample", "champion", default).Select(run => run.Id).ToBlockingEnumerable();
        Assert.Equal(runs.Select(run => run.Run.Id).Order(StringComparer.Ordinal), candidates);

        int Carriers() => runs.Count(run => SimulatedNetwork.Done(new RunTags(objects, TimeProvider.System).ReadAsync(run, default)).Contains("champion"));
    }, iter: 300, threads: 1);

    [Fact]
    public void ChangeAsync_BySeveralAtOnce_LosesNone() => Gen.Byte.Array[0, 60].Sample(choices =>
    {
        var objects = new InMemoryStore();
        var turns = new TurnStore(objects);
        var run = Samples.Manifest() with { Tags = ["a"] };
        Task[] writers = [.. new[] { "x", "y", "z" }.Select(tag => new RunTags(turns, TimeProvider.System).ChangeAsync(run.Run, [tag], [], default).AsTask())];
        foreach (var choice in choices.Concat(Enumerable.Repeat((byte)1, 1000)))
            if (turns.Waiting > 0) turns.Give(choice);

        Assert.All(writers, writer => Assert.True(writer.IsCompletedSuccessfully));
        Assert.Equal(["a", "x", "y", "z"], SimulatedNetwork.Done(new RunTags(objects, TimeProvider.System).ReadAsync(run, default)).Order(StringComparer.Ordinal));
    }, iter: 300, threads: 1);

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(17), InlineData(100)]
    public async Task DenseLog_OfSlots_CountsAndReadsThemInOrder(int slots)
    {
        var objects = new CountingStore(_objects);
        var log = new DenseLog(objects, "tags/x/");
        for (var i = 0; i < slots; i++) Assert.True(await log.TryPutAsync(i, new([(byte)i]), default));

        Assert.Equal(slots, await log.CountAsync(default));
        Assert.InRange(objects.Reads.Count, 1, 2 + (2 * (int)Math.Log2(slots + 1)));
        Assert.Equal(Enumerable.Range(0, slots), (await log.ReadAsync(default).ToListAsync()).Select(slot => (int)slot.Bytes[0]));
        Assert.False(await new DenseLog(_objects, "tags/x/").TryPutAsync(0, new([255]), default) && slots > 0);
    }

    [Fact]
    public async Task ReadAsync_DamagedSlot_IsNamed()
    {
        var run = await StartAsync();
        await Tags.ChangeAsync(run.Run, ["x"], [], default);
        var key = $"{run.Run.Prefix}tags/0000000000";
        var bytes = (await _objects.GetAsync(key))!;
        bytes[^20] ^= 1;
        await _objects.PutAsync(key, new(bytes));

        var error = await Assert.ThrowsAsync<FlowException>(async () => await Tags.ReadAsync(run, default));

        Assert.Equal(("FG1107", 4), (error.Code, error.ExitCode));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user:me"), InlineData("PROJECT:x"), InlineData("branch:x"), InlineData("engine:k8s"), InlineData(""), InlineData(" a"), InlineData("a\nb"), InlineData("@a")]
    public void Check_WhatIsNoTag_SaysWhy(string tag) => Assert.Equal(("FG1030", 2), (Assert.Throws<FlowException>(() => TagName.Check(tag)) is var error ? (error.Code, error.ExitCode) : default));

    private static void Done(ValueTask task) => SimulatedNetwork.Done(task);
}
