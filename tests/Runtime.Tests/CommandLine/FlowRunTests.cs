using FlowGen;
using FlowGen.Runs;

namespace Runtime.Tests.CommandLine;

/// <summary>The typed client over a run made by hand: fit[1] failed, best is blocked.</summary>
public class FlowRunTests
{
    private sealed class Run(FlowRunData data) : FlowRun(data)
    {
        public RunArtifact<int> Table => Artifact<int>(0);
        public RunArtifactList<double> Fit => ArtifactList<double>(2);
        public RunArtifact<double> Best => Artifact<double>(3);
    }

    private static Run Of(RunState state) => new(new FlowRunData(SampleFlow.Definition, state, SampleRun.Artifacts));

    [Fact]
    public async Task Artifact_OfASucceededTask_IsRead() => Assert.Equal(7, await Of(SampleRun.Failed).Table);

    [Fact]
    public async Task ArtifactList_Item_IsRead()
    {
        var fit = Of(SampleRun.Failed).Fit;

        Assert.Equal((3, 0.5, 0.75), (fit.Count, await fit[0], await fit[2]));
    }

    [Fact]
    public async Task TryGet_OfAMissingArtifact_IsNotFound()
    {
        var run = Of(SampleRun.Failed);

        Assert.Equal((false, 0.0), await run.Best.TryGetAsync(TestContext.Current.CancellationToken));
        Assert.Equal((true, 7), await run.Table.TryGetAsync(TestContext.Current.CancellationToken));
    }

    public static TheoryData<string, Func<Task>> Missing => new()
    {
        { "Artifact best of run sample/7zzd0q2k0-x3k9q2mf does not exist: task best did not run, because fit[1] failed: InvalidOperationException: no data in fold", async () => await Of(SampleRun.Failed).Best },
        { "Artifact fit[1] of run sample/7zzd0q2k0-x3k9q2mf does not exist: task fit[1] failed: InvalidOperationException: no data in fold", async () => await Of(SampleRun.Failed).Fit[1] },
        { "Artifact fit[1] of run sample/7zzd0q2k0-x3k9q2mf does not exist: task fit[1] failed: InvalidOperationException: no data in fold", async () => await Of(SampleRun.Failed).Fit.ToListAsync() },
        { "Artifact fit[3] of run sample/7zzd0q2k0-x3k9q2mf does not exist: there is no item [3].", async () => await Of(SampleRun.Failed).Fit[3] },
        { "Artifact best of run sample/7zzd0q2k0-x3k9q2mf does not exist: task best has not finished; the run is interrupted.", async () => await Of(SampleRun.Interrupted).Best },
        { "Artifact fit of run sample/7zzd0q2k0-x3k9q2mf does not exist: the collection that its step iterates was not made.", async () => await Of(SampleRun.Interrupted).Fit.ToListAsync() },
        { "Artifact best of run sample/7zzd0q2k0-x3k9q2mf does not exist: the flow had no such artifact when that run was made.", async () => await Of(SampleRun.OfAnOlderFlow).Best },
        { "Artifact table of run sample/7zzd0q2k0-x3k9q2mf was stored as Table and cannot be read as Table: ", async () => await Of(SampleRun.Damaged).Table },
    };

    [Theory, MemberData(nameof(Missing))]
    public async Task Await_OfAMissingArtifact_SaysWhy(string expected, Func<Task> read)
    {
        var error = await Assert.ThrowsAsync<ArtifactUnavailableException>(read);

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.ExitCode);
    }

    [Fact]
    public void Info_ShowsTheRun()
    {
        var info = Of(SampleRun.Failed).Info;

        Assert.Equal(("sample/7zzd0q2k0-x3k9q2mf", "x3k9q2mf", "sample", RunStatus.Failed, "ann"), (info.Id, info.ShortId, info.Flow, info.Status, info.User));
        Assert.Equal(["prod", "weekly"], info.Tags);
    }
}
