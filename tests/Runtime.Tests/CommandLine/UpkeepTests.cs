using System.Text.Json;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing;

namespace Runtime.Tests.CommandLine;

/// <summary>Looking after a store: rm, gc, du, fsck.</summary>
public sealed class UpkeepTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flowgen-upkeep-").FullName;

    private string Store => Path.Combine(_directory, "store");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>A value that is a blob of its own.</summary>
    private static FlowBuilder Flow(int seed) => new FlowBuilder("flow").Step("make", "", frame =>
    {
        var data = new byte[1_200_000];
        new Random(seed).NextBytes(data);
        frame.Set(0, Convert.ToHexString(data));
    }, FlowBuilder.Text("make"));

    private async Task<RunKey> RunAsync(int seed, params string[] tags) => (await new TestRun { Store = new LocalFolderStore(Store), Tags = [.. tags] }.StartAsync(Flow(seed))).Run;

    private Task<Typed> TypeAsync(params string[] args) => new TestTerminal(Flow(0).Build()).TypeAsync([.. args, "--store", Store]);

    private async Task<JsonElement> JsonAsync(params string[] args)
    {
        var typed = await TypeAsync([.. args, "--json"]);
        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
        return JsonDocument.Parse(typed.Out).RootElement;
    }

    private string[] Blobs() => Directory.GetFiles(Path.Combine(Store, "blobs"), "*", SearchOption.AllDirectories);

    [Fact]
    public async Task Rm_ARun_FreesWhatOnlyItNeeded()
    {
        var (gone, shared, kept) = (await RunAsync(1), await RunAsync(2), await RunAsync(2));
        var usage = await JsonAsync("du");
        Assert.Equal([$"{kept}", $"{shared}", $"{gone}"], usage.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("run").GetString()!));
        Assert.Equal([false, false, true], usage.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("ownBytes").GetInt64() > 1_000_000));

        var dry = await TypeAsync("rm", gone.Short, shared.Short, "--dry-run");
        Assert.StartsWith($"Would remove runs (2): {shared}, {gone}.\nWould remove 1 blobs (", dry.Out, StringComparison.Ordinal);
        Assert.Equal(2, Blobs().Length);
        var done = await JsonAsync("rm", gone.Short, shared.Short);
        Assert.Equal((1, 1), (done.GetProperty("blobs").GetInt32(), done.GetProperty("kept").GetInt32()));
        Assert.Single(Blobs());
        Assert.Equal($"{kept}", Assert.Single((await JsonAsync("runs")).EnumerateArray()).GetProperty("run").GetString());
        var resumed = await TypeAsync("resume", gone.ToString());
        Assert.Equal((3, true), (resumed.ExitCode, resumed.Error.StartsWith("error FG1201", StringComparison.Ordinal)));
        Assert.Equal(0, (await TypeAsync("dump", kept.Short)).ExitCode);
        Assert.Equal(0, (await TypeAsync("fsck")).ExitCode);
    }

    [Fact]
    public async Task Rm_TaggedRun_AsksForForce()
    {
        var run = await RunAsync(1, "champion");
        var refused = await TypeAsync("rm", "latest");
        Assert.Equal((2, $"error FG1261: The run {run} carries the tag 'champion'. Take it away ('tag {run.Short} --remove champion'), or give --force.\n"), (refused.ExitCode, refused.Error));
        Assert.Equal(0, (await TypeAsync("rm", "latest", "--force")).ExitCode);
        Assert.Empty(Blobs());
    }

    [Fact]
    public async Task Gc_ByRules_KeepsWhatTheySay()
    {
        var (old, champion, latest) = (await RunAsync(1), await RunAsync(2, "champion"), await RunAsync(3));
        Assert.Equal(0, (await JsonAsync("gc")).GetProperty("blobs").GetInt32());
        var dry = await JsonAsync("gc", "--keep-last", "1", "--keep-tagged", "--dry-run");
        Assert.Equal([$"{old}"], dry.GetProperty("runs").EnumerateArray().Select(run => run.GetString()!));
        Assert.Equal(3, Blobs().Length);
        var text = (await TypeAsync("gc", "--keep-last", "1", "--keep-tagged")).Out;
        Assert.StartsWith($"Removed runs (1): {old}.\nRemoved 1 blobs (", text, StringComparison.Ordinal);
        Assert.EndsWith("2 runs are there.\n", text, StringComparison.Ordinal);
        Assert.Equal([$"{latest}", $"{champion}"], (await JsonAsync("runs")).EnumerateArray().Select(run => run.GetProperty("run").GetString()!));

        // What is made from here on goes to a later generation, and is found again.
        var next = await RunAsync(3);
        Assert.Equal(3, Blobs().Length);
        Assert.Equal(0, (await TypeAsync("dump", next.Short)).ExitCode);
    }

    [Fact]
    public async Task Gc_NamesThatAreNoneOfFlowGens_AreToldAndLeftAlone()
    {
        await RunAsync(1);
        await File.WriteAllTextAsync(Path.Combine(Store, "runs", "Conflicted copy.txt"), "x");
        Assert.EndsWith("Ignored names in the store that are not FlowGen's: runs/Conflicted copy.txt.\n", (await TypeAsync("gc", "--dry-run")).Out.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal(0, (await TypeAsync("gc")).ExitCode);
        Assert.True(File.Exists(Path.Combine(Store, "runs", "Conflicted copy.txt")));
    }

    [Theory]
    [InlineData("gc")]
    [InlineData("du")]
    [InlineData("fsck")]
    [InlineData("rm", "latest")]
    public async Task Upkeep_NoStore_MakesNone(params string[] args)
    {
        Assert.Equal(3, (await TypeAsync(args)).ExitCode);
        Assert.False(Directory.Exists(Store));
    }

    [Fact]
    public async Task Fsck_DamagedBlob_IsRemovedSoThatAResumeMakesItAgain()
    {
        var run = await RunAsync(1);
        var blob = Assert.Single(Blobs());
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes);
        var found = await TypeAsync("fsck");
        Assert.Equal(1, found.ExitCode);
        Assert.Contains("its checksum is wrong", found.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await TypeAsync("fsck", "--repair")).ExitCode);
        Assert.Empty(Blobs());
        var missing = await TypeAsync("fsck");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains($"run {run} needs it", missing.Out, StringComparison.Ordinal);
        var again = await new TestRun { Store = new LocalFolderStore(Store) }.StartAsync(Flow(1), run);
        Assert.Equal(RunStatus.Succeeded, again.Status);
        Assert.Equal(0, (await TypeAsync("dump", again.Run.Short)).ExitCode);
        Assert.Equal(0, (await TypeAsync("fsck")).ExitCode);
    }
}
