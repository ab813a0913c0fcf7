using FlowGen;
using FlowGen.Runs;

namespace Runtime.Tests.CommandLine;

/// <summary>The typed client over several dimensions, choices, loops and failures that are tolerated.</summary>
public class NestedFlowRunTests
{
    private sealed class Run(FlowRunData data) : FlowRun(data)
    {
        public RunArtifactList<int> Score => ArtifactList<int>(2);
        public RunArtifactList<int> Improve => ArtifactList<int>(3);
        public RunArtifactList<int> Daily => ArtifactList<int>(4);
        public RunArtifact<int> Publish => Artifact<int>(7);
        public RunArtifact<int> Report => Artifact<int>(9);
    }

    private static Run Of(RunState state) => new(new FlowRunData(NestedRun.Flow, state, SampleRun.Artifacts));

    [Fact]
    public async Task Indices_ReadTheTaskTheyName()
    {
        var run = Of(NestedRun.State);
        Assert.Equal((5, 7, 7, 3), (await run.Score[0, 0], await run.Improve[0, 0], await run.Report, run.Daily.Count)); // of a loop the last iteration
    }

    [Fact]
    public async Task ToItems_LeavesOutWhatHasNoValue()
    {
        var items = await Of(NestedRun.State).Daily.ToItemsAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(0, 7), (2, 0)], items.Select(item => (item.Index.Single(), item.Value)));
        Assert.Equal(["0,0"], (await Of(NestedRun.State).Improve.ToItemsAsync(TestContext.Current.CancellationToken)).Select(item => string.Join(',', item.Index)));
    }

    [Fact]
    public async Task ToList_LeavesOutSkippedTasks()
    {
        var state = SampleRun.Fold(NestedRun.Graph, RunStatus.Succeeded,
            [NestedRun.Records[0], NestedRun.Records[1], new TasksSkipped(NestedRun.Task("daily", 1), 1, new SkipReason(0, 0)), .. NestedRun.Records.Where(record => record is TaskSucceeded { Task.Step: 4 })]);
        Assert.Equal([7, 0], await Of(state).Daily.ToListAsync(TestContext.Current.CancellationToken));
    }

    public static TheoryData<string, Func<Task>> Missing => new()
    {
        { "Artifact publish of run sample/7zzd0q2k0-x3k9q2mf does not exist: task publish was skipped because assess was none of 1, 2.", async () => await Of(NestedRun.State).Publish },
        { "Artifact score[0,1] of run sample/7zzd0q2k0-x3k9q2mf does not exist: task score[0,1] failed: IOException: the disk is full", async () => await Of(NestedRun.State).Score[0, 1] },
        { "Artifact improve[0,1] of run sample/7zzd0q2k0-x3k9q2mf does not exist: task improve[0,1] did not run, because score[0,1] failed: IOException: the disk is full", async () => await Of(NestedRun.State).Improve[0, 1] },
        { "Artifact daily[1] of run sample/7zzd0q2k0-x3k9q2mf does not exist: task daily[1] did not run, because hours[1] failed: IOException: the disk is full", async () => await Of(NestedRun.State).Daily.ToListAsync() },
        { "Artifact score[0] of run sample/7zzd0q2k0-x3k9q2mf does not exist: the tasks of its step have 2 numbers in that run.", async () => await Of(NestedRun.State).Score[0] },
        { "Artifact score[0,9] of run sample/7zzd0q2k0-x3k9q2mf does not exist: there is no item [0,9].", async () => await Of(NestedRun.State).Score[0, 9] },
        { "Artifact score of run sample/7zzd0q2k0-x3k9q2mf does not exist: the collection that its step iterates was not made.", async () => await Of(SampleRun.Fold(NestedRun.Graph, RunStatus.Interrupted, NestedRun.Records[..2])).Score.ToListAsync() },
        { "Artifact improve[0,0] of run sample/7zzd0q2k0-x3k9q2mf does not exist: task improve[0,0]#1 has not finished; the run is interrupted.", async () => await Of(SampleRun.Fold(NestedRun.Graph, RunStatus.Interrupted, NestedRun.Records[..14])).Improve[0, 0] },
    };

    [Theory, MemberData(nameof(Missing))]
    public async Task Await_OfAMissingArtifact_SaysWhy(string expected, Func<Task> read)
    {
        var error = await Assert.ThrowsAsync<ArtifactUnavailableException>(read);

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryGet_OfASkippedTask_IsNotFound() => Assert.Equal((false, 0), await Of(NestedRun.State).Publish.TryGetAsync(TestContext.Current.CancellationToken));

    [Fact]
    public void Tasks_TellWhatIsKnownOfEach()
    {
        var tasks = Of(NestedRun.State).Info.Tasks.ToList();
        Assert.Equal(["days", "hours[0]", "hours[1]", "hours[2]", "score[0,0]", "score[0,1]", "score[1]", "improve[0,0]#0", "improve[0,0]#1", "improve[0,1]", "improve[1]", "daily[0]", "daily[1]", "daily[2]", "best", "assess", "publish", "review", "report"],
            tasks.Select(task => task.Name));
        Assert.Equal([("hours", "Sunday", 2, FlowTaskStatus.Failed)], tasks.Where(task => task.Name == "hours[1]").Select(task => (task.Step, task.Label, task.Attempts, task.Status)));
        Assert.Equal("task publish was skipped because assess was none of 1, 2.", tasks.Single(task => task.Name == "publish").Reason);
        Assert.Equal((1, "0,0"), tasks.Where(task => task.Name == "improve[0,0]#1").Select(task => (task.Iteration!.Value, string.Join(',', task.Index))).Single());
    }
}
