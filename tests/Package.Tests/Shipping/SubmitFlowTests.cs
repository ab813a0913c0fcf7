using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>What SubmitFlow hands to the program, which here only repeats it, and what FlowGraph writes.</summary>
public sealed class SubmitFlowTests(PackedFeed feed)
{
    [Fact]
    public async Task Submit_ReadyImage_HandsEverythingToTheProgram()
    {
        var project = new ConsoleProject(feed, "my submissions/Echo");
        project.Write("Program.cs", SquaresProgram.Text.Replace("return await", """
            if (args is ["submit" or "deploy", ..])
            {
                foreach (var arg in args) Console.WriteLine($"<{arg}>");
                if (args.Contains("--refused")) Console.Error.WriteLine("error FG1003: Option --refused is");
                return args.Contains("--refused") ? 2 : args.Contains("--lost") ? 1 : 0;
            }

            return await
            """, StringComparison.Ordinal));
        project.Write("more.args", "# what nothing may change\n--json\n{\"a\": [1,2]; 'b'}\n\n--last\n");
        Task<ToolResult> SubmitAsync(params string[] arguments) => project.BuildAsync(["-t:SubmitFlow", "-p:FlowEngine=kubernetes", "-p:FlowImage=example.com/echo@sha256:12", "-v", "m", .. arguments]);

        var told = (await SubmitAsync("-p:FlowName=squares", "-p:FlowProfile=gpu", "-p:FlowDatastore=s3://bucket/a b", "-p:FlowWait=true", "-p:FlowArgs=--count 5 --title 'a  b%2C c%3B d'", "-p:FlowArgsFile=more.args")).MustSucceed().Output;

        Assert.Equal(["submit", "squares", "--engine", "kubernetes", "--image", "example.com/echo@sha256:12", "--profile", "gpu", "--store", "s3://bucket/a b", "--wait", "--count", "5", "--title", "a  b, c; d", "--json", "{\"a\": [1,2]; 'b'}", "--last"],
            told.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('<')).Select(line => line[1..^1]));
        Assert.False(Directory.Exists(Path.Combine(project.Folder, "obj", "flowgen")), "A worker was built that nobody needs.");
        var refused = Assert.Single(BuildError.In((await SubmitAsync("-p:FlowArgs=--refused")).MustFail().Output));
        Assert.Equal(("FG1003", "Option --refused is"), (refused.Code, refused.Text));
        var lost = Assert.Single(BuildError.In((await SubmitAsync("-p:FlowArgs=--lost")).MustFail().Output));
        Assert.Equal(("FG0915", "the flow was not submitted: the program ended with exit code 1; what it said is above"), (lost.Code, lost.Text));

        var deployed = (await project.BuildAsync("-t:DeployFlow", "-p:FlowEngine=kubernetes", "-p:FlowImage=example.com/echo@sha256:12", "-p:FlowWait=true", "-p:FlowArgs=--production", "--no-restore", "-v", "m")).MustSucceed().Output;
        Assert.Equal(["deploy", "--engine", "kubernetes", "--image", "example.com/echo@sha256:12", "--production"], deployed.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('<')).Select(line => line[1..^1]));

        var graph = (await project.BuildAsync("-t:FlowGraph", "--no-restore", "-v", "m")).MustSucceed();
        var folder = Path.Combine(project.Folder, "obj", "flowgen", "graph");
        Assert.Contains($"Echo -> {folder}/flow.svg", graph.Output, StringComparison.Ordinal);
        Assert.StartsWith("flowchart TD\n", await File.ReadAllTextAsync(Path.Combine(folder, "flow.mmd"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(">square</text>", await File.ReadAllTextAsync(Path.Combine(folder, "flow.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("\"flow\": \"squares\"", await File.ReadAllTextAsync(Path.Combine(folder, "flow.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
