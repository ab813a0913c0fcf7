using System.Collections.Concurrent;
using FlowGen;
using FlowGen.Testing;
using Testing.Tests.Flows;

namespace Testing.Tests;

[CollectionDefinition(nameof(ChangesTheProcess), DisableParallelization = true)]
public sealed class ChangesTheProcess;

/// <summary>A flow under test leaves no trace on the disk. The current directory, the place for temporary files and that of the datastore are moved to a directory that is watched.</summary>
[Collection(nameof(ChangesTheProcess))]
public sealed class DiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flowgen-disk-").FullName;
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string? _temp = Environment.GetEnvironmentVariable("TMPDIR");
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly TaskCompletionSource _last = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileSystemWatcher _watcher;

    public DiskTests()
    {
        Environment.CurrentDirectory = Directory.CreateDirectory(Path.Combine(_folder, "current")).FullName;
        Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateDirectory(Path.Combine(_folder, "temp")).FullName);
        Environment.SetEnvironmentVariable("FLOWGEN_DATASTORE", Path.Combine(_folder, "store"));
        _watcher = new FileSystemWatcher(_folder) { IncludeSubdirectories = true };
        _watcher.Created += See;
        _watcher.Changed += See;
        _watcher.EnableRaisingEvents = true;
    }

    public void Dispose()
    {
        _watcher.Dispose();
        Environment.CurrentDirectory = _before;
        Environment.SetEnvironmentVariable("TMPDIR", _temp);
        Environment.SetEnvironmentVariable("FLOWGEN_DATASTORE", null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunAsync_WithTheKit_TouchesNothing()
    {
        await new ChurnFlow().RunAsync(new FlowTest().Replace(ChurnFlow.Load, () => [1, 2, 6]).Fail("fit[1]", new IOException("no space"), times: 1));
        await new ShapesFlow { File = InputFile.FromText("big.csv", new string('x', 3_000_000)) }.RunAsync(new FlowTest());
        await new DemandingFlow().RunAsync(new FlowTest());

        Assert.Empty(await SeenAsync());
    }

    /// <summary>Proves that the test above can fail.</summary>
    [Fact]
    public async Task RunAsync_WithoutIt_IsSeen()
    {
        await new DemandingFlow().RunAsync(new RunOptions { ThrowOnFailure = false }).ContinueWith(run => run.Exception, TaskScheduler.Default);
        await new ShapesFlow { File = InputFile.FromText("x", "") }.RunAsync();

        Assert.Contains(await SeenAsync(), name => name.StartsWith("store", StringComparison.Ordinal));
    }

    private void See(object sender, FileSystemEventArgs change)
    {
        _seen.Enqueue(change.Name!);
        if (change.Name == "last") _last.TrySetResult();
    }

    /// <summary>What was seen before a file that is written now.</summary>
    private async Task<List<string>> SeenAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "last"), "", TestContext.Current.CancellationToken);
        await _last.Task.WaitAsync(TestContext.Current.CancellationToken);
        return [.. _seen.TakeWhile(name => name != "last")];
    }
}
