using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>What cannot be shipped is told before anything is built.</summary>
public sealed class ShippingMistakeTests(PackedFeed feed)
{
    [Fact]
    public async Task Build_Mistakes_AreToldBeforeAnythingIsBuilt()
    {
        var project = new ConsoleProject(feed, "my mistakes/Squares");
        project.Write("Program.cs", SquaresProgram.Text);
        (await Tool.DotnetAsync(project.Folder, "restore", "-v", "q")).MustSucceed();
        async Task<string> TellAsync(params string[] arguments)
        {
            var build = (await project.BuildAsync(["--no-restore", .. arguments])).MustFail();
            Assert.False(Directory.Exists(Path.Combine(project.Folder, "obj", "flowgen")), "Something was built.");
            Assert.False(Directory.Exists(Path.Combine(project.Folder, "bin")), "Something was built.");
            var errors = BuildError.In(build.Output);
            Assert.All(errors, error => Assert.Equal("Squares.csproj", error.File));
            return string.Join('\n', errors.Select(error => $"{error.Code}: {error.Text}"));
        }

        Assert.Equal("FG0902: FlowWorker is 'native'; it may be auto, aot or r2r\nFG0902: FlowEngine is 'slrum'; did you mean slurm?\nFG0903: there is no property FlowWiat; did you mean FlowWait?",
            await TellAsync("-t:SubmitFlow", "-p:FlowWorker=native", "-p:FlowEngine=slrum", "-p:FlowWiat=true"));
        Assert.Equal("FG0904: a native worker for win-x64 cannot be built on linux-x64: native code is not compiled for other operating systems; build on win, or take FlowWorker=r2r", await TellAsync("-t:PublishFlowWorker", "-p:FlowWorker=aot", "-p:FlowRuntimeIdentifier=win-x64"));
        Assert.Equal("FG0913: kubernetes runs images, and there is no place for one; name a registry that the cluster pulls from, FlowRegistry=registry.example.com/team, or an image that is there, FlowImage=NAME", await TellAsync("-t:SubmitFlow", "-p:FlowEngine=kubernetes"));
        Assert.Equal("FG0913: FlowImage is set, but the engine local runs workers, not images; leave it out, or set FlowEngine=kubernetes", await TellAsync("-t:SubmitFlow", "-p:FlowImage=x"));
        Assert.Equal("FG0912: FlowArgs has a quote ' without an end: --a 'b", await TellAsync("-t:SubmitFlow", "-p:FlowArgs=--a 'b"));
        Assert.StartsWith("FG0912: the file ", await TellAsync("-t:SubmitFlow", "-p:FlowArgsFile=no.args"), StringComparison.Ordinal);
        Assert.StartsWith("FG0908: Squares is a library; ", await TellAsync("-t:FlowGraph", "-p:OutputType=Library"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_NoCompiler_SaysWhatToInstall()
    {
        var project = new ConsoleProject(feed, "NoCompiler");
        project.Write("Program.cs", SquaresProgram.Text);
        (await Tool.DotnetAsync(project.Folder, "restore", "-v", "q")).MustSucceed();
        var programs = Directory.CreateDirectory(Path.Combine(project.Folder, "programs")).FullName;
        foreach (var name in new[] { "dotnet", "sh", "bash", "ld" })
            if (Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } file) File.CreateSymbolicLink(Path.Combine(programs, name), file);
        Task<ToolResult> PublishAsync(string isStatic) => Tool.RunAsync("/usr/bin/env", project.Folder, [$"PATH={programs}", "dotnet", "build", "-t:PublishFlowWorker", "--no-restore", $"-p:FlowStatic={isStatic}", "-v", "m", "-clp:NoSummary"]);

        var native = Assert.Single(BuildError.In((await PublishAsync("false")).MustFail().Output));
        Assert.Equal(("FG0909", "a native worker is linked by the C compiler of this machine, which lacks clang or gcc, objcopy; install: sudo apt-get install gcc binutils; or do without: FlowWorker=r2r"), (native.Code, native.Text));
        var linked = Assert.Single(BuildError.In((await PublishAsync("true")).MustFail().Output));
        Assert.Equal("a static native worker is linked by the C compiler of this machine, which lacks gcc, objcopy, cmake, make; install: sudo apt-get install gcc binutils cmake make; or do without: FlowStatic=false", linked.Text);
    }

    [Fact]
    public async Task Build_Solution_SaysThatAProjectIsMeant()
    {
        var project = new ConsoleProject(feed, "Many/Squares");
        project.Write("Program.cs", SquaresProgram.Text);
        var folder = Path.GetDirectoryName(project.Folder)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "Many.slnx"), """<Solution><Project Path="Squares/Squares.csproj" /></Solution>""", TestContext.Current.CancellationToken);

        var error = Assert.Single(BuildError.In((await Tool.DotnetAsync(folder, "build", "-t:SubmitFlow", "-v", "m", "-clp:NoSummary")).MustFail().Output));

        Assert.Equal(("FG0908", "flows are shipped from their projects, not from a whole solution: dotnet build Squares/Squares.csproj -t:..."), (error.Code, error.Text));
    }

    [Fact]
    public async Task Build_SingleFile_SaysWhatWorksInstead()
    {
        var folder = feed.NewFolder("one file");
        await File.WriteAllTextAsync(Path.Combine(folder, "squares.cs"), $"#:package FlowGen@{feed.Version}\n{SquaresProgram.Text}", TestContext.Current.CancellationToken);

        var build = (await Tool.DotnetAsync(folder, "build", "squares.cs", "-t:SubmitFlow", "-v", "m")).MustFail().Output;

        Assert.Contains("error FG0908: a program of a single file cannot be shipped by a target; 'dotnet publish squares.cs' makes a native worker of it, and 'dotnet project convert squares.cs' a project", build, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_RuntimeOfTheProject_IsInTheWay()
    {
        var project = new ConsoleProject(feed, "Fixed", "<PropertyGroup><RuntimeIdentifier>linux-arm64</RuntimeIdentifier></PropertyGroup>");
        project.Write("Program.cs", SquaresProgram.Text);

        var error = Assert.Single(BuildError.In((await project.BuildAsync("-t:PublishFlowWorker")).MustFail().Output));

        Assert.Equal(("FG0907", "the project sets RuntimeIdentifier, which the build of a worker must set itself; let it be set only outside of that build: Condition=\"'$(FlowGenInner)' != 'true'\""), (error.Code, error.Text));
    }
}
