using FlowGen;
using FlowGen.CommandLine;
using FlowGen.Runs;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Runtime.Tests.CommandLine;

/// <summary>What people see while a run runs, from events told by hand.</summary>
public class ProgressTests
{
    private static readonly TaskAddress Table = new(0), Grid = new(1), Best = new(3);

    private readonly FakeTimeProvider _time = new();

    private static TaskAddress Fit(int index) => new(2, index);

    private static TaskSucceeded Done(TaskAddress task, int milliseconds = 12, string? origin = null) => new(task, 1, 1, default, TimeSpan.FromMilliseconds(milliseconds), [], origin);

    private static TaskFailed Failed(TaskAddress task, int attempt = 1) => new(task, attempt, 1, default, TimeSpan.FromMilliseconds(5), new TaskError(TaskErrorKind.User, "System.FormatException", "bad\nrow \u001b[2J7", null));

    private static void TellNarrow(RunView view)
    {
        view.RunStarted(SampleRun.Failed.Manifest, SampleFlow.Definition, "/tmp/store");
        view.AttemptStarted(Table, 1);
        view.Line(Table, "reading \u001b[31mrows");
        view.TaskFinished(Done(Table));
        view.TaskFinished(Done(Grid, origin: "sample/x"));
        view.DimensionSized(new DimensionSized(0, default, 3));
        view.AttemptStarted(Fit(0), 1);
        view.AttemptStarted(Fit(1), 1);
        view.Line(Fit(1), "first try");
        view.AttemptStarted(Fit(1), 2);
        view.AttemptFailed(new AttemptFailed(Fit(1), 1, 1, default, TimeSpan.Zero, Failed(Fit(1)).Error, TimeSpan.FromSeconds(1)));
        view.Line(Fit(1), "second try");
        view.Progress(Fit(0), 0.5, "half");
        view.Notice("the store does not answer; trying again");
    }

    private static void TellEnd(RunView view)
    {
        view.TaskFinished(Failed(Fit(1), 2));
        view.TaskFinished(Done(Fit(0), 1500));
        view.TaskFinished(Done(Fit(2), 1500));
        view.TasksBlocked(new TasksBlocked(new(3), 1, Fit(1)));
        view.TasksBlocked(new TasksBlocked(new(4), 1, Fit(1)));
    }

    [Fact]
    public async Task Plain_OfANarrowFlow_IsALineATask()
    {
        Golden.Check("progress-narrow.txt", await SampleRun.TextAsync(async output =>
        {
            var view = new PlainView(SampleFlow.Definition, output, _time);
            TellNarrow(view);
            TellEnd(view);
            _time.Advance(TimeSpan.FromSeconds(2));
            await view.DisposeAsync();
            RunReport.Write(output, view, SampleRun.Key, RunStatus.Failed, "dotnet run --", "/tmp/store");
        }));
    }

    [Fact]
    public async Task Plain_OfAWideForeach_IsALineATenth()
    {
        var text = await SampleRun.TextAsync(async output =>
        {
            var view = new PlainView(SampleFlow.Definition, output, _time);
            view.RunStarted(SampleRun.Failed.Manifest, SampleFlow.Definition, "/tmp/store");
            view.DimensionSized(new DimensionSized(0, default, 10_000));
            for (var i = 0; i < 10_000; i++)
            {
                view.AttemptStarted(Fit(i), 1);
                view.Line(Fit(i), "noise");
                view.TaskFinished(i == 77 ? Failed(Fit(i)) : Done(Fit(i)));
            }

            view.TasksBlocked(new TasksBlocked(new(3), 10_000, Fit(77)));
            await view.DisposeAsync();
        });

        Golden.Check("progress-wide.txt", text);
    }

    [Fact]
    public void Live_InTheMiddle_IsATreeOfSteps()
    {
        Golden.Check("progress-live.txt", SampleRun.Text(output =>
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
            console.Profile.Width = 80;
            var view = new LiveTree(SampleFlow.Definition, height: 30, _time);
            TellNarrow(view);
            _time.Advance(TimeSpan.FromSeconds(3));
            console.Write(view.Render());
            TellEnd(view);
            console.Write(view.Render());
        }).Replace(" \n", "\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RunStatus.Succeeded, "  next   prog dump x3k9q2mf"), InlineData(RunStatus.Cancelled, "  next   prog resume x3k9q2mf")]
    public void Report_OfARun_SaysWhatToTypeNext(RunStatus status, string expected)
    {
        var text = SampleRun.Text(output =>
        {
            var view = new QuietView(SampleFlow.Definition, output, _time);
            view.TaskFinished(Done(Best));
            RunReport.Write(output, view, SampleRun.Key, status, "prog", "/tmp/store");
        });

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains("1 task done.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoppedBeforeItIsRegistered_EndsAsInterrupted()
    {
        var request = new FlowGen.Executing.RunRequest { Flow = SampleFlow.Definition, Store = new FlowGen.Storage.LocalFolderStore(Path.Combine(Path.GetTempPath(), "flowgen-never-made")), Parameters = SampleFlow.Definition.Defaults() };
        await using var view = new QuietView(SampleFlow.Definition, TextWriter.Null, _time);

        var error = await Assert.ThrowsAsync<FlowException>(() => RunExecution.RunAsync(request, view, new CancellationToken(true), default));

        Assert.Equal(("FG1222", 130), (error.Code, error.ExitCode));
    }

    [Fact]
    public void Tally_OfAFailedTask_KeepsItsLastTenLines()
    {
        var tally = new RunTally(SampleFlow.Definition);
        tally.AttemptStarted(Table, 1, 0);
        for (var i = 0; i < 15; i++) tally.Find(Table)!.Add($"line {i}");
        tally.Failed(Failed(Table));

        Assert.Equal(Enumerable.Range(5, 10).Select(i => $"line {i}"), tally.Failures.Single().Tail);
        Assert.Empty(tally.Running);
    }
}
