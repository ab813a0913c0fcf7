using FlowGen.Executing.Starting;

namespace Runtime.Tests.Executing;

public class ProvenanceTests
{
    [Fact]
    public void Parse_CleanTree_HasACommit() =>
        Assert.Equal(new GitState("0123abc", false), GitState.Parse("# branch.oid 0123abc\n# branch.head main\n# branch.ab +1 -0\n"));

    [Theory]
    [InlineData("1 .M N... 100644 100644 100644 abc abc Program.cs")]
    [InlineData("? notes.txt")]
    public void Parse_ChangedOrUntrackedFile_IsDirty(string line) =>
        Assert.Equal(new GitState("0123abc", true), GitState.Parse($"# branch.oid 0123abc\n{line}\n"));

    [Fact]
    public void Parse_NoCommitYet_HasNone() => Assert.Equal(new GitState(null, true), GitState.Parse("# branch.oid (initial)\n? a\n"));

    [Fact]
    public async Task ReadAsync_OutsideOfARepository_KnowsNothing() => Assert.Equal(GitState.Unknown, await GitState.ReadAsync(Path.GetTempPath()));

    [Fact]
    public async Task RunAsync_Manifest_TellsWhatRan()
    {
        var heard = await TestRun.RunAsync(new FlowBuilder().Step("a", "", _ => { }));

        var manifest = heard.Manifest!;
        Assert.Equal(64, manifest.ProgramHash!.Length);
        Assert.Equal(Environment.MachineName, manifest.Host);
        Assert.StartsWith(".NET 10", manifest.RuntimeVersion);
        Assert.Equal("0.1.0", manifest.FlowGenVersion);
        Assert.Equal("a", Assert.Single(manifest.Graph.Steps).Name);
    }
}
