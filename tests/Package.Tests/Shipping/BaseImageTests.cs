using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>A program that is not native stands on a base image, which is made here of the few libraries that .NET needs.</summary>
public sealed class BaseImageTests(PackedFeed feed)
{
    [Fact]
    public async Task Pack_ReadyToRun_StandsOnItsBaseAndRuns()
    {
        Assert.SkipWhen(Container.Obstacle is not null, Container.Obstacle ?? "");
        using var registry = await LocalRegistry.StartAsync(feed.NewFolder("base registry"));
        var below = await TinyBase.PushAsync(registry, feed.NewFolder("tiny base"));
        var project = new ConsoleProject(feed, "on a base/Squares");
        project.Write("Program.cs", SquaresProgram.Text);
        Task<ToolResult> PackAsync(string baseImage) => project.BuildAsync("-t:PackFlowImage", "-p:FlowWorker=r2r", $"-p:FlowRegistry={registry.Host}/team", "-p:FlowImageTag=v1", $"-p:FlowBaseImage={baseImage}", "-v", "m");

        var build = (await PackAsync(below)).MustSucceed().Output;

        Assert.Contains("the worker for linux-x64 is ReadyToRun, because FlowWorker is r2r", build, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", build, StringComparison.Ordinal);
        var worker = Path.Combine(project.Folder, "obj/flowgen/worker/linux-x64");
        Assert.Empty(Directory.EnumerateFiles(worker, "*.dbg"));
        var digest = build.Split("squares:v1@")[1].Split(' ')[0];
        Assert.Equal(digest, (await Tool.RunAsync("skopeo", feed.Folder, ["inspect", "--tls-verify=false", "--format", "{{.Digest}}", $"docker://{registry.Host}/team/squares:v1"])).MustSucceed().Output.Trim());
        var config = (await Tool.RunAsync("skopeo", feed.Folder, ["inspect", "--tls-verify=false", "--config", $"docker://{registry.Host}/team/squares:v1"])).Json();
        Assert.Equal(3, config.GetProperty("rootfs").GetProperty("diff_ids").GetArrayLength()); // base, libraries, program
        Assert.Equal("base", config.GetProperty("config").GetProperty("Labels").GetProperty("tiny").GetString());
        Assert.EndsWith(config.GetProperty("config").GetProperty("Labels").GetProperty("org.opencontainers.image.base.digest").GetString()!, below, StringComparison.Ordinal);

        var container = await Container.UnpackAsync($"docker://{registry.Host}/team/squares@{digest}", feed.NewFolder("base container"));
        (await container.RunAsync(["run", "--count", "5"], ("FLOWGEN_DATASTORE", "/data/store"))).MustSucceed();
        Assert.Equal(55, (await container.RunAsync(["dump", "--artifact", "sum", "--json"], ("FLOWGEN_DATASTORE", "/data/store"))).Json().GetProperty("artifacts")[0].GetProperty("value").GetInt32());

        // Its layers again, by the name that may move: the same image but for what it says about its base, and a warning.
        var loose = (await PackAsync(below.Split('@')[0])).MustSucceed().Output;
        Assert.Contains("warning FG0914: the base image", loose, StringComparison.Ordinal);
        Assert.Contains($"FlowBaseImage={below}", loose, StringComparison.Ordinal);
        Assert.Equal(digest, loose.Split("squares:v1@")[1].Split(' ')[0]);
        Assert.Contains("there already)", loose, StringComparison.Ordinal);

        // The worker drives a run on this machine, while the build waits for it.
        var submitted = (await project.BuildAsync("-t:SubmitFlow", "-p:FlowWorker=r2r", "-p:FlowWait=true", "-p:FlowArgs=--count 6", "-v", "m")).MustSucceed().Output;
        Assert.Contains("succeeded in", submitted, StringComparison.Ordinal);
        Assert.Equal(91, (await Tool.DotnetAsync(project.Folder, project.Program + ".dll", "dump", "--artifact", "sum", "--json")).Json().GetProperty("artifacts")[0].GetProperty("value").GetInt32());

        var none = Assert.Single(BuildError.In((await PackAsync($"{registry.Host}/bases/none:1")).MustFail().Output));
        Assert.Equal(("FG0911", $"the image {registry.Host}/bases/none has no 1; look at its name, or push it there"), (none.Code, none.Text));
    }
}
