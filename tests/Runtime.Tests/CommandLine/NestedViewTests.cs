using FlowGen;
using FlowGen.CommandLine;
using FlowGen.Executing;
using FlowGen.Runs;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Runtime.Tests.CommandLine;

/// <summary>What people and programs read of several dimensions, choices, loops and failures that are tolerated.</summary>
public class NestedViewTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Status_SaysWhatWasSkippedAndTolerated() => Golden.Check("nested-status.txt", SampleRun.Text(output => StatusText.Write(output, RunOverview.Of(NestedRun.State))));

    [Fact]
    public async Task StatusJson_IsTheDocumentedShape() => Golden.Check("nested-status.json", await SampleRun.JsonAsync(json => StatusJson.WriteAsync(json, NestedRun.State)));

    [Fact]
    public void Status_WhileCollectionsAppear_CountsWhatIsKnown() => Golden.Check("nested-status-growing.txt",
        SampleRun.Text(output => StatusText.Write(output, RunOverview.Of(SampleRun.Fold(NestedRun.Graph, RunStatus.Running, [.. NestedRun.Records.Take(4), new TaskStarted(NestedRun.Task("score", TaskIndex.Of(0, 1)), 1, 1, default)])))));

    [Fact]
    public async Task Dump_OfALoop_ShowsEveryIteration()
    {
        var dump = new ArtifactDump(NestedRun.State, SampleRun.Read, isFull: false);
        Golden.Check("nested-dump.txt", await SampleRun.TextAsync(output => dump.WriteTextAsync(output, dump.Select(NestedRun.State.Tasks, null))));
    }

    [Fact]
    public void Show_IsTextMermaidAndJson()
    {
        Golden.Check("nested-show.txt", SampleRun.Text(output => GraphText.Write(output, NestedRun.Graph, NestedRun.Flow, default)));
        Golden.Check("nested-show.mmd", SampleRun.Text(output => GraphMermaid.Write(output, NestedRun.Graph)));
    }

    [Fact]
    public async Task ShowJson_IsTheDocumentedShape() => Golden.Check("nested-show.json", await SampleRun.JsonAsync(json =>
    {
        GraphJson.Write(json, NestedRun.Graph, NestedRun.Flow);
        return Task.CompletedTask;
    }));

    [Theory]
    [InlineData("score", "score[0,0] score[0,1] score[1]")]
    [InlineData("score[0]", "score[0,0] score[0,1]")]
    [InlineData("score.0", "score[0,0] score[0,1]")]
    [InlineData("score[0,1]", "score[0,1]")]
    [InlineData("Score[0, 1]", "score[0,1]")]
    [InlineData("score.0.1", "score[0,1]")]
    [InlineData("score[1]", "score[1]")]
    [InlineData("improve[0,0]", "improve[0,0]#0 improve[0,0]#1")]
    [InlineData("improve.0.0#1", "improve[0,0]#1")]
    [InlineData("improve#0", "improve[0,0]#0")]
    public void Select_TaskName_FindsTasks(string name, string expected) =>
        Assert.Equal(expected, string.Join(' ', TaskSelection.Select(NestedRun.State, name).Select(task => NestedRun.State.NameOf(task.Address))));

    [Theory]
    [InlineData("score[9]", "Run sample/7zzd0q2k0-x3k9q2mf has no task score[9]; they go from score[0,0] to score[1].", 3)]
    [InlineData("score[0,0,0]", "Run sample/7zzd0q2k0-x3k9q2mf has no task score[0,0,0]: the tasks of score are named by 2 numbers.", 3)]
    [InlineData("score[0,0]#0", "Step score of run sample/7zzd0q2k0-x3k9q2mf is no loop: its tasks have no iterations.", 3)]
    [InlineData("improve[0,0]#7", "Run sample/7zzd0q2k0-x3k9q2mf has no task improve[0,0]#7; they go from improve[0,0]#0 to improve[1].", 3)]
    [InlineData("score[0,-1]", "Option --task: 'score[0,-1]' is not the name of a task, such as fit, fit[3], score[3,1], improve[3]#0 or prepare[2]/clean[3]; in a shell fit.3, score.3.1, improve.3#0 or prepare.2/clean.3.", 2)]
    [InlineData("score[0,]", "Option --task: 'score[0,]' is not the name of a task, such as fit, fit[3], score[3,1], improve[3]#0 or prepare[2]/clean[3]; in a shell fit.3, score.3.1, improve.3#0 or prepare.2/clean.3.", 2)]
    [InlineData("score#", "Option --task: 'score#' is not the name of a task, such as fit, fit[3], score[3,1], improve[3]#0 or prepare[2]/clean[3]; in a shell fit.3, score.3.1, improve.3#0 or prepare.2/clean.3.", 2)]
    [InlineData("[1]", "Option --task: '[1]' is not the name of a task, such as fit, fit[3], score[3,1], improve[3]#0 or prepare[2]/clean[3]; in a shell fit.3, score.3.1, improve.3#0 or prepare.2/clean.3.", 2)]
    public void Select_UnknownTask_SaysWhatThereIs(string name, string expected, int exitCode)
    {
        var error = Assert.ThrowsAny<FlowException>(() => TaskSelection.Select(NestedRun.State, name));

        Assert.Equal((expected, exitCode), (error.Message, error.ExitCode));
    }

    [Fact]
    public void EveryName_ForAShell_FindsTheSameTask()
    {
        foreach (var task in NestedRun.State.Tasks)
        {
            var name = NestedRun.State.NameOf(task.Address);
            Assert.Equal(task.Address, TaskSelection.Select(NestedRun.State, name).Last().Address);
            Assert.Equal(task.Address, TaskSelection.Select(NestedRun.State, TaskName.ForShell(name)).Last().Address);
        }
    }

    [Fact]
    public async Task Plain_ShowsSkippedTasksIterationsAndLabels() => Golden.Check("nested-progress.txt", await SampleRun.TextAsync(async output =>
    {
        var view = new PlainView(NestedRun.Flow, output, _time);
        view.RunStarted(NestedRun.State.Manifest, NestedRun.Flow, "/tmp/store");
        foreach (var record in NestedRun.Records) Tell(view, record);
        await view.DisposeAsync();
        RunReport.Write(output, view, SampleRun.Key, RunStatus.Succeeded, "dotnet run --", "/tmp/store");
    }));

    [Fact]
    public void Live_GrowsAsCollectionsBecomeKnown() => Golden.Check("nested-progress-live.txt", SampleRun.Text(output =>
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 80;
        var view = new LiveTree(NestedRun.Flow, height: 30, _time);
        foreach (var record in NestedRun.Records.Take(5)) Tell(view, record);
        view.AttemptStarted(NestedRun.Task("score", TaskIndex.Of(0, 1)), 1);
        view.AttemptStarted(NestedRun.Task("hours", 2), 1);
        console.Write(view.Render());
        foreach (var record in NestedRun.Records.Skip(5)) Tell(view, record);
        console.Write(view.Render());
    }).Replace(" \n", "\n", StringComparison.Ordinal));

    [Fact]
    public void Tally_AtTheEnd_CountsAsTheLogDoes()
    {
        var tally = new RunTally(NestedRun.Flow);
        var view = new QuietView(NestedRun.Flow, TextWriter.Null, _time);
        foreach (var record in NestedRun.Records) Tell(view, record);
        tally = view.Tally;
        var totals = RunOverview.Of(NestedRun.State).Totals;
        for (var step = 0; step < tally.Steps.Length; step++)
        {
            var counted = tally.Steps[step];
            Assert.True(counted.IsDone, counted.Name);
            Assert.Equal(
                (totals[step][(int)FlowTaskStatus.Succeeded], totals[step][(int)FlowTaskStatus.Failed], totals[step][(int)FlowTaskStatus.Blocked], totals[step][(int)FlowTaskStatus.Skipped], totals[step].Sum()),
                (counted.Succeeded, counted.Failed, counted.Blocked, counted.Skipped, counted.Total!.Value));
        }
    }

    private static void Tell(IRunObserver view, RunRecord record)
    {
        switch (record)
        {
            case TaskSucceeded or TaskFailed: view.TaskFinished(record); break;
            case TasksBlocked blocked: view.TasksBlocked(blocked); break;
            case TasksSkipped skipped: view.TasksSkipped(skipped); break;
            case DimensionSized sized: view.DimensionSized(sized); break;
        }
    }
}
