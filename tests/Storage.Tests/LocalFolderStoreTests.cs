using FlowGen;
using FlowGen.Storage;

namespace Storage.Tests;

public sealed class LocalFolderStoreTests : ObjectStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override IObjectStore Store => field ??= new LocalFolderStore(_folder.Path);

    private protected override IObjectStore Another() => new LocalFolderStore(_folder.Path);

    private protected override int Races => 1000;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PutIfAbsentAsync_StoredOrRefused_LeavesNoTemporary()
    {
        foreach (var value in new byte[] { 1, 2 }) await Store.PutIfAbsentAsync("a", Samples.Bytes(value));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "tmp")));
    }

    [Fact]
    public async Task ListAsync_ForeignNames_AreIgnored()
    {
        await Store.PutIfAbsentAsync("runs/a", Samples.Bytes(1));
        File.WriteAllText(Path.Combine(_folder.Path, "runs", ".DS_Store"), "x");
        File.WriteAllText(Path.Combine(_folder.Path, "runs", "a (conflicted copy)"), "x");
        File.WriteAllText(Path.Combine(_folder.Path, "Notes.txt"), "x");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "runs", "Empty Folder"));
        Assert.Equal(["runs/a"], (await Store.ListAsync("").ToListAsync()).Select(o => o.Key));
    }

    [Fact]
    public async Task PutIfAbsentAsync_NewFolder_IsIgnoredByGit()
    {
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1));
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(_folder.Path, ".gitignore")));
    }

    [Fact]
    public async Task PutIfAbsentAsync_FolderOfSomebodyElse_GetsNoGitIgnore()
    {
        Directory.CreateDirectory(_folder.Path);
        await Store.PutIfAbsentAsync("a", Samples.Bytes(1));
        Assert.False(File.Exists(Path.Combine(_folder.Path, ".gitignore")));
    }

    [Fact]
    public async Task PutIfAbsentAsync_FolderRemovedMeanwhile_IsMadeAgain()
    {
        await Store.PutIfAbsentAsync("a/b/c", Samples.Bytes(1));
        Directory.Delete(Path.Combine(_folder.Path, "a"), recursive: true);
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("a/b/c", Samples.Bytes(1)));
        Directory.Delete(_folder.Path, recursive: true);
        Assert.Equal(PutOutcome.Stored, await Store.PutIfAbsentAsync("a/b/c", Samples.Bytes(1)));
    }

    [Fact]
    public async Task PutIfAbsentAsync_SecondObjectInAFolder_TakesTwoFlushes()
    {
        var store = (LocalFolderStore)Store;
        await store.PutIfAbsentAsync("a/b/1", Samples.Bytes(1));
        var before = store.Syncs;
        await store.PutIfAbsentAsync("a/b/2", Samples.Bytes(1));
        Assert.Equal(2, store.Syncs - before);
    }

    [Fact]
    public async Task AnyCall_RootIsAFile_SaysSo()
    {
        File.WriteAllText(_folder.Path, "x");
        try
        {
            foreach (var call in Calls())
            {
                var error = await Assert.ThrowsAsync<FlowException>(call);
                Assert.Equal(("FG1105", 4), (error.Code, error.ExitCode));
                Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(_folder.Path);
        }
    }

    private IEnumerable<Func<Task>> Calls()
    {
        yield return async () => await Store.PutIfAbsentAsync("a", Samples.Bytes(1));
        yield return async () => await Store.PutAsync("a", Samples.Bytes(1));
        yield return async () => await Store.GetAsync("a");
        yield return async () => await Store.ListAsync("").ToListAsync();
    }

    [Theory]
    [InlineData(28, "FG1104")]
    [InlineData(122, "FG1104")]
    [InlineData(30, "FG1103")]
    [InlineData(13, "FG1102")]
    [InlineData(1, "FG1106")]
    [InlineData(95, "FG1106")]
    [InlineData(20, "FG1105")]
    [InlineData(116, "FG1110")]
    [InlineData(5, "FG1109")]
    public void Of_ErrorOfTheSystem_HasItsCode(int errno, string code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are those of Linux.");
        Assert.All([FolderErrors.Of("/root", "/root/a", errno), FolderErrors.Of("/root", "/root/a", new IOException("no", errno))], error =>
        {
            Assert.Equal((code, 4), (error.Code, error.ExitCode));
            Assert.Contains("/root", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Of_FullDevice_IsFull()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        var error = Assert.ThrowsAny<IOException>(() =>
        {
            using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
            RandomAccess.Write(full, new byte[10], 0);
        });
        Assert.Equal("FG1104", FolderErrors.Of("/root", "/root/a", error).Code);
    }
}
