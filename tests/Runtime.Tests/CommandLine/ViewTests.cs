using FlowGen;
using FlowGen.CommandLine;
using FlowGen.Runs;

namespace Runtime.Tests.CommandLine;

/// <summary>What every reading command writes, from a run made by hand.</summary>
public class ViewTests
{
    private static readonly RunRow[] s_rows = [new(SampleRun.Summarize(SampleRun.Failed), [JsonValues.Of(0.25)], []), new(SampleRun.Summarize(SampleRun.Interrupted), [default], [])];

    [Fact]
    public void Status_OfAFailedRun_SaysWhatFailed() => Golden.Check("status-failed.txt", SampleRun.Text(output => StatusText.Write(output, RunOverview.Of(SampleRun.Failed))));

    [Fact]
    public void Status_OfAnInterruptedRun_SaysWhatWaits() => Golden.Check("status-interrupted.txt", SampleRun.Text(output => StatusText.Write(output, RunOverview.Of(SampleRun.Interrupted))));

    [Fact]
    public async Task StatusJson_IsTheDocumentedShape() => Golden.Check("status.json", await SampleRun.JsonAsync(json => StatusJson.WriteAsync(json, SampleRun.Failed)));

    [Fact]
    public void Runs_AreATable() => Golden.Check("runs.txt", SampleRun.Text(output => RunsViews.WriteText(output, s_rows, [QueryPath.Parse("--show", "testShare")])));

    [Fact]
    public async Task RunsJson_IsTheDocumentedShape() => Golden.Check("runs.json", await SampleRun.JsonAsync(json =>
    {
        RunsViews.WriteJson(json, s_rows, [QueryPath.Parse("--show", "testShare")]);
        return Task.CompletedTask;
    }));

    [Fact]
    public async Task DumpJson_IsTheDocumentedShape()
    {
        var dump = new ArtifactDump(SampleRun.Failed, SampleRun.Read, isFull: false);
        Golden.Check("dump.json", await SampleRun.JsonAsync(json => dump.WriteJsonAsync(json, dump.Select(SampleRun.Failed.Tasks, null))));
    }

    [Theory]
    [InlineData(false, "dump.txt"), InlineData(true, "dump-full.txt")]
    public async Task Dump_ShowsValues(bool isFull, string golden)
    {
        var dump = new ArtifactDump(SampleRun.Failed, SampleRun.Read, isFull);
        var output = new StringWriter { NewLine = "\n" };
        await dump.WriteTextAsync(output, dump.Select(SampleRun.Failed.Tasks, null));
        Golden.Check(golden, output.ToString());
    }

    [Fact]
    public async Task DumpJson_OfADamagedObject_WritesNothing()
    {
        using var output = new MemoryStream();
        var dump = new ArtifactDump(SampleRun.Failed, (value, cancel) => value.Size == 9 ? throw new FlowException("FG1107", "damaged", 4) : SampleRun.Read(value, cancel), isFull: false);

        await Assert.ThrowsAsync<FlowException>(() => JsonOutput.WriteAsync(output, json => dump.WriteJsonAsync(json, dump.Select(SampleRun.Failed.Tasks, null))));

        Assert.Equal(0, output.Length);
    }

    [Theory]
    [InlineData("fit", "fit[0] fit[1] fit[2]"), InlineData("fit[1]", "fit[1]"), InlineData("fit.2", "fit[2]"), InlineData("FIT.2", "fit[2]"), InlineData("best", "best")]
    public void Select_TaskName_FindsTasks(string name, string expected) =>
        Assert.Equal(expected, string.Join(' ', TaskSelection.Select(SampleRun.Failed, name).Select(task => SampleRun.Failed.NameOf(task.Address))));

    [Theory]
    [InlineData("ftt", "Run sample/7zzd0q2k0-x3k9q2mf has no step 'ftt'; did you mean fit?", 3)]
    [InlineData("fit[3]", "Run sample/7zzd0q2k0-x3k9q2mf has no task fit[3]; they go from fit[0] to fit[2].", 3)]
    [InlineData("best.0", "Step best of run sample/7zzd0q2k0-x3k9q2mf runs once; name it best.", 3)]
    [InlineData("fit[x]", "Option --task: 'fit[x]' is not the name of a task, such as fit, fit[3], score[3,1], improve[3]#0 or prepare[2]/clean[3]; in a shell fit.3, score.3.1, improve.3#0 or prepare.2/clean.3.", 2)]
    public void Select_UnknownTask_SaysWhatThereIs(string name, string expected, int exitCode)
    {
        var error = Assert.ThrowsAny<FlowException>(() => TaskSelection.Select(SampleRun.Failed, name));

        Assert.Equal((expected, exitCode), (error.Message, error.ExitCode));
    }

    [Fact]
    public void Select_UnknownArtifact_SaysWhatThereIs()
    {
        var dump = new ArtifactDump(SampleRun.Failed, SampleRun.Read, isFull: false);

        var error = Assert.Throws<FlowException>(() => dump.Select(SampleRun.Failed.Tasks, "tabel"));

        Assert.Equal(("Run sample/7zzd0q2k0-x3k9q2mf has no artifact 'tabel'; did you mean table?", 3), (error.Message, error.ExitCode));
    }

    [Fact]
    public async Task Logs_OfAcceptedAttempts_LeaveOutOthersAndEndWithWhyTasksFailed()
    {
        var lines = LogReader.ReadAsync(SampleRun.WithLogs, SampleRun.Read, [.. SampleRun.WithLogs.Tasks], everyAttempt: false, TestContext.Current.CancellationToken);
        var output = new StringWriter { NewLine = "\n" };
        await LogsVerb.WriteTextAsync(output, SampleRun.WithLogs, lines, new LogsVerb.LineForm(HasTime: false, HasAttempt: false) { HasTask = true });

        Assert.Equal("table | reading\ntable | 7 rows\nfit[1] | third try\nfit[1] | System.InvalidOperationException: no data in fold\nfit[1] |    at Fit()\n", output.ToString());
    }

    [Fact]
    public async Task LogsJson_OfEveryAttempt_IsTheDocumentedShape()
    {
        var lines = LogReader.ReadAsync(SampleRun.WithLogs, SampleRun.Read, [.. SampleRun.WithLogs.Tasks], everyAttempt: true, TestContext.Current.CancellationToken);

        Golden.Check("logs.json", await SampleRun.JsonAsync(json => LogsVerb.WriteJsonAsync(json, SampleRun.WithLogs, lines)));
    }

    [Fact]
    public async Task Logs_OutsideOfTheirPack_AreAnErrorThatNamesThePack()
    {
        var state = SampleRun.With([new LogsWritten(StoredValue.Of("x\n"u8.ToArray()), [new LogSegment(new TaskAddress(0), 1, 1, 5)])]);

        var error = await Assert.ThrowsAsync<FlowException>(async () =>
        {
            await foreach (var line in LogReader.ReadAsync(state, SampleRun.Read, [.. state.Tasks], everyAttempt: true, TestContext.Current.CancellationToken)) Assert.Fail(line.Text);
        });

        Assert.Equal(4, error.ExitCode);
    }
}
