using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

public sealed class InputFileTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("flowgen-test-");
    private readonly List<string> _read = [];

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_RelativeFile_IsFoundInTheProjectStoredAndReadFromTheStore()
    {
        var path = Path.Combine(_project.FullName, "rows.csv");
        await File.WriteAllTextAsync(path, "a,b\n1,2\n");
        var first = new TestRun { ProjectDirectory = _project.FullName };
        var flow = Flow("rows.csv", () => File.Delete(path));
        var (origin, status) = await first.StartAsync(flow);
        Assert.Equal(RunStatus.Failed, status);

        // The file is gone: what was stored counts.
        var second = new TestRun { Store = first.Store };
        var (resumed, ended) = await second.StartAsync(Flow("other.csv", null), origin);
        Assert.Equal(RunStatus.Succeeded, ended);
        Assert.Equal(["a,b\n1,2\n", "a,b\n1,2\n"], _read);
        Assert.Equal((await first.ReadAsync(origin)).InputFiles[0].Content.Hash, (await second.ReadAsync(resumed)).InputFiles[0].Content.Hash);
    }

    [Fact]
    public async Task RunAsync_SeveralFiles_EveryAttemptGetsItsOwnArray()
    {
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "a"), "A");
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "b"), "B");
        var flow = new FlowBuilder()
            .Parameter<InputFile[], ArrayCodec<InputFile, InputFileCodec>>("files", ParameterParsers.Array(ParameterParsers.File), ["a", "b"], shareable: false)
            .Step("first", "files", frame =>
            {
                var files = frame.Value<InputFile[]>(0);
                _read.AddRange(files.Select(file => file.ReadAllText()));
                Array.Clear(files);
            })
            .Step("second", "files", frame => _read.AddRange(frame.Value<InputFile[]>(0).Select(file => file.ReadAllText())), [], after: "first");

        var (_, status) = await new TestRun { ProjectDirectory = _project.FullName }.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(["A", "B", "A", "B"], _read);
    }

    [Fact]
    public async Task RunAsync_MissingFile_NamesBothPlacesAndWritesNothing()
    {
        var run = new TestRun { ProjectDirectory = _project.FullName };

        var error = await Assert.ThrowsAsync<FlowException>(() => run.StartAsync(Flow("rows.csv", null)));

        Assert.Equal(("FG1010", 2), (error.Code, error.ExitCode));
        Assert.Contains(Path.Combine(Environment.CurrentDirectory, "rows.csv"), error.Message);
        Assert.Contains(Path.Combine(_project.FullName, "rows.csv"), error.Message);
        await foreach (var stored in run.Store.ListAsync("")) Assert.Fail(stored.Key);
    }

    [Fact]
    public async Task Resume_KilledAtEveryPut_ReadsTheFileAllTheSame()
    {
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "rows.csv"), "a,b\n1,2\n");
        var (crashed, crashes) = (true, 0);
        for (var put = 1; crashed; put++)
        {
            var inner = new InMemoryStore();
            RunKey? left = null;
            crashed = false;
            foreach (var store in new IObjectStore[] { new CrashingStore(inner, put, applied: true), new CrashingStore(inner, put, applied: true), inner })
            {
                var run = new TestRun { Store = store, ProjectDirectory = _project.FullName };
                try
                {
                    (left, var status) = await run.StartAsync(Flow("rows.csv", null), left, fork: true);
                    Assert.Equal(RunStatus.Succeeded, status);
                    break;
                }
                catch (FlowException e) when (e.Message == "killed")
                {
                    (crashed, crashes) = (true, crashes + 1);
                    if (run.Observer.Manifest is { } manifest) left = manifest.Run;
                }
            }

            Assert.Single((await new TestRun { Store = inner }.ReadAsync(left!.Value)).InputFiles);
        }

        Assert.True(crashes > 5, $"only {crashes} crashes");
        Assert.All(_read, text => Assert.Equal("a,b\n1,2\n", text));
    }

    private FlowBuilder Flow(string path, Action? failing) => new FlowBuilder()
        .Parameter<InputFile, InputFileCodec>("rows", ParameterParsers.File, path)
        .Step("read", "rows", frame =>
        {
            failing?.Invoke();
            _read.Add(frame.Value<InputFile>(0).ReadAllText());
            if (failing is not null) throw new IOException("no");
        });
}
