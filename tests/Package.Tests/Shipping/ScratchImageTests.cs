using System.Text.Json;
using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>
/// A program that uses every part of FlowGen (the flows of the end-to-end tests) becomes a static worker in an image from scratch. Publishing takes long, so all tests share one.
/// </summary>
public sealed class ScratchImageTests(PackedFeed feed)
{
    private static Task<Shipped>? _shipped;

    [Fact]
    public async Task Pack_NativeProgram_IsSmallAndNotRoot()
    {
        var shipped = await ShippedAsync();

        Assert.Contains("the worker for linux-x64 is native and static, because nothing in it rules that out, and the image needs nothing else then", shipped.Build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning ", shipped.Build.Output, StringComparison.Ordinal);
        Assert.Equal(["Everything"], Directory.EnumerateFileSystemEntries(shipped.WorkerFolder).Select(Path.GetFileName));
        var image = (await InspectAsync(shipped, "--config")).GetProperty("config");
        Assert.Equal("65532:65532", image.GetProperty("User").GetString());
        Assert.Equal("/app/Everything", Assert.Single(image.GetProperty("Entrypoint").EnumerateArray()).GetString());
        var manifest = await InspectAsync(shipped, "--raw");
        var size = manifest.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("size").GetInt64());
        Assert.InRange(size, 1_000_000, 12_500_000); // with all flows of the end-to-end tests and the S3 client
    }

    [Fact]
    public async Task Pack_Sbom_NamesWhatIsLinkedIn()
    {
        var shipped = await ShippedAsync();

        var sbom = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(shipped.Folder, "image", "everything.cdx.json"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("CycloneDX", "1.6"), (sbom.GetProperty("bomFormat").GetString(), sbom.GetProperty("specVersion").GetString()));
        var components = sbom.GetProperty("components").EnumerateArray().ToDictionary(part => part.GetProperty("name").GetString()!);
        Assert.Equal($"pkg:nuget/FlowGen@{feed.Version}", components["FlowGen"].GetProperty("purl").GetString());
        Assert.Equal(128, components["AWSSDK.S3"].GetProperty("hashes")[0].GetProperty("content").GetString()!.Length);
        Assert.StartsWith("pkg:generic/openssl@", components["openssl"].GetProperty("purl").GetString(), StringComparison.Ordinal);
        Assert.Contains("Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64", components.Keys);
        var known = components.Values.Select(part => part.GetProperty("bom-ref").GetString()).ToHashSet();
        Assert.All(sbom.GetProperty("dependencies").EnumerateArray().SelectMany(entry => entry.GetProperty("dependsOn").EnumerateArray()), needed => Assert.Contains(needed.GetString(), known));
    }

    [Fact]
    public async Task Run_Image_KeepsItsRunsInAFolderAndInS3()
    {
        var shipped = await ShippedAsync();
        var container = await Container.UnpackAsync($"docker://{shipped.Reference}", feed.NewFolder("scratch container"));
        Assert.Equal(["app", "data", "etc", "tmp"], Directory.EnumerateDirectories(container.Root).Select(Path.GetFileName).Where(name => name is not ("dev" or "proc" or "sys")).Append("data").Distinct().Order(StringComparer.Ordinal));

        (await container.RunAsync(["run", "squares"], ("FLOWGEN_DATASTORE", "/data/store"))).MustSucceed();
        var status = (await container.RunAsync(["status", "latest", "--json"], ("FLOWGEN_DATASTORE", "/data/store"))).Json();
        Assert.Equal("succeeded", status.GetProperty("status").GetString());
        Assert.Equal("flowgen", (await container.RunAsync(["runs", "--json", "--all-users"], ("FLOWGEN_DATASTORE", "/data/store"))).Json()[0].GetProperty("user").GetString());

        if (Environment.GetEnvironmentVariable("FLOWGEN_TEST_S3") is not { Length: > 0 } url || !url.StartsWith("http", StringComparison.Ordinal)) return;
        (string, string)[] s3 = [("FLOWGEN_DATASTORE", $"s3://flowgen-tests/{Guid.NewGuid():n}?endpoint={url}"), .. new[] { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION" }.Select(name => (name, Environment.GetEnvironmentVariable(name) ?? ""))];
        // A step in a process of its own starts the image's only program once more.
        (await container.RunAsync(["run", "vault"], s3)).MustSucceed();
        (await container.RunAsync(["resume"], s3)).MustSucceed();
        Assert.All((await container.RunAsync(["status", "--json"], s3)).Json().GetProperty("tasks").EnumerateArray(), task => Assert.Equal("reused", task.GetProperty("status").GetString()));
        Assert.Equal("3 notes, 4 copies", (await container.RunAsync(["dump", "--artifact", "check", "--json"], s3)).Json().GetProperty("artifacts")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Run_Worker_KnowsEveryPartOfTheLanguage()
    {
        var shipped = await ShippedAsync();
        var store = feed.NewFolder("scratch-store");
        Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(shipped.Worker, feed.Folder, arguments, store);
        async Task<string?> ValueAsync(string artifact) => (await RunAsync("dump", "--artifact", artifact, "--json")).Json().GetProperty("artifacts")[0].GetProperty("value").GetString();

        (await RunAsync("run", "orders")).MustSucceed(); // sub-flows, in loops and processes too
        Assert.Equal("12; 11; 13 -> 288 -> 576 in wrap/text of wrap apart", await ValueAsync("end"));
        (await RunAsync("run", "release", "--public")).MustSucceed(); // choices, loops, failures
        Assert.Equal("published 0.125; announced: published 0.125; published 0.125", await ValueAsync("report"));
        (await RunAsync("run", "served")).MustSucceed(); // services, loggers
        Assert.Contains("Bo comes", (await RunAsync("logs", "--task", "here[1]")).MustSucceed().Output, StringComparison.Ordinal);
        (await RunAsync("run", "guests", "--title", "Silver")).MustSucceed(); // resources of each worker
        await File.WriteAllTextAsync(Path.Combine(feed.Folder, "fetch.json"), """{ "pages": [{ "name": "b", "depth": 2 }], "share": 0.4 }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(feed.Folder, "key"), "sesame", TestContext.Current.CancellationToken);
        (await RunAsync("run", "fetch", "--params", "fetch.json", "--api-key-file", "key")).MustSucceed(); // parameters from JSON, secrets
        Assert.Contains("Page { Name = b, Depth = 2 } with ***", (await RunAsync("logs")).MustSucceed().Output, StringComparison.Ordinal);
        (await RunAsync("run", "retrain", "--factor", "5")).MustSucceed();
        (await RunAsync("run", "rescore", "--day", "2026-01-31")).MustSucceed(); // results of other runs
        Assert.Equal("5 on 2026-01-31", await ValueAsync("latest"));
        (await RunAsync("resume")).MustSucceed();
        Assert.All((await RunAsync("status", "--json")).Json().GetProperty("tasks").EnumerateArray(), task => Assert.Equal("reused", task.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Run_Worker_StoresObjectsOfEveryKindAsCompiledCodeDoes()
    {
        var shipped = await ShippedAsync();
        var (native, compiled) = (feed.NewFolder("native-store"), feed.NewFolder("compiled-store"));
        var program = Repository.PathOf($"tests/EndToEnd.Flows/bin/{Repository.Configuration}/net10.0/EndToEnd.Flows.dll");

        (await Tool.RunAsync(shipped.Worker, feed.Folder, ["run", "shapes"], native)).MustSucceed();
        (await Tool.RunAsync("dotnet", feed.Folder, [program, "run", "shapes"], compiled)).MustSucceed();

        var hashes = await HashesAsync(shipped, native);
        Assert.Equal(17, hashes.Count);
        Assert.Equal(await HashesAsync(shipped, compiled), hashes);
    }

    [Fact]
    public async Task Run_WorkerKilledHalfWay_ResumesToTheSameArtifacts()
    {
        var shipped = await ShippedAsync();
        var (whole, broken, gate) = (feed.NewFolder("whole-native-store"), feed.NewFolder("broken-native-store"), Path.Combine(feed.Folder, "gate"));
        string[] run = ["run", "squares", "--count", "40", "--ahead", "20", "--gate", gate];
        using (var process = Tool.Start(shipped.Worker, feed.Folder, run, broken))
        {
            var ended = Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            while (!File.Exists(gate + ".20")) await Task.Delay(20, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await ended;
        }
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        (await Tool.RunAsync(shipped.Worker, feed.Folder, run, whole)).MustSucceed();

        (await Tool.RunAsync(shipped.Worker, feed.Folder, ["resume"], broken)).MustSucceed();

        Assert.Equal(await HashesAsync(shipped, whole), await HashesAsync(shipped, broken));
    }

    [Fact]
    public async Task Code_OfAWorker_IsWhatWasCompiled()
    {
        var shipped = await ShippedAsync();
        var store = feed.NewFolder("scratch-code-store");
        (await Tool.RunAsync(shipped.Worker, shipped.Project.Folder, ["run", "fragile"], store)).MustSucceed();

        Assert.Contains("Everything.csproj", (await Tool.RunAsync(shipped.Worker, shipped.Project.Folder, ["code", "list", "latest"], store)).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Equal("", (await Tool.RunAsync(shipped.Worker, shipped.Project.Folder, ["code", "diff", "latest"], store)).MustSucceed().Output);
    }

    [Fact]
    public async Task Pack_NothingChanged_DoesNothing()
    {
        var shipped = await ShippedAsync();
        var before = File.GetLastWriteTimeUtc(shipped.Worker);

        var again = (await PackAsync(shipped.Project, shipped.Registry.Host)).MustSucceed().Output;

        Assert.Contains("there already)", again, StringComparison.Ordinal);
        Assert.DoesNotContain("Generating native code", again, StringComparison.Ordinal);
        Assert.DoesNotContain("Restored ", again, StringComparison.Ordinal);
        Assert.Equal(before, File.GetLastWriteTimeUtc(shipped.Worker));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(shipped.Project.Folder, "obj"), "Everything.dll", SearchOption.AllDirectories), file => !file.Contains("flowgen/build", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(shipped.Project.Folder, "bin")), "The ordinary output was touched.");
    }

    [Fact]
    public async Task Pack_InAnotherFolder_HasTheSameDigest()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1", "Compiles the worker a second time: --long.");
        var shipped = await ShippedAsync();
        var other = Project("elsewhere/and deeper/Everything");

        (await other.BuildAsync("-t:PackFlowImage", "-v", "m")).MustSucceed();

        var archive = $"oci-archive:{other.Folder}/obj/flowgen/image/everything.oci.tar";
        Assert.Equal(shipped.Digest, (await Tool.RunAsync("skopeo", feed.Folder, ["inspect", "--format", "{{.Digest}}", archive])).MustSucceed().Output.Trim());
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(shipped.Folder, "image", "everything.cdx.json"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(other.Folder, "obj/flowgen/image/everything.cdx.json"), TestContext.Current.CancellationToken));

        (await other.BuildAsync("-t:Clean", "--no-restore")).MustSucceed();
        Assert.False(Directory.Exists(Path.Combine(other.Folder, "obj", "flowgen")), "Clean leaves something.");
    }

    private static Task<ToolResult> PackAsync(ConsoleProject project, string registry) => project.BuildAsync("-t:PackFlowImage", $"-p:FlowRegistry={registry}/team", "-v", "m");

    private static async Task<JsonElement> InspectAsync(Shipped shipped, string what) =>
        (await Tool.RunAsync("skopeo", shipped.Folder, what == "--raw" ? ["inspect", "--tls-verify=false", "--raw", $"docker://{shipped.Reference}"] : ["inspect", "--tls-verify=false", "--config", $"docker://{shipped.Reference}"])).Json();

    private async Task<List<string>> HashesAsync(Shipped shipped, string store) =>
    [
        .. (await Tool.RunAsync(shipped.Worker, feed.Folder, ["dump", "latest", "--json"], store)).Json().GetProperty("artifacts").EnumerateArray()
            .Select(a => $"{a.GetProperty("task")}/{a.GetProperty("name")} {a.GetProperty("hash")}").Order(StringComparer.Ordinal),
    ];

    private ConsoleProject Project(string name)
    {
        var project = new ConsoleProject(feed, name, $"""
            <ItemGroup><PackageReference Include="FlowGen.S3" Version="{feed.Version}" /></ItemGroup>
            <PropertyGroup><UserSecretsId>flowgen-end-to-end</UserSecretsId></PropertyGroup>
            """);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("tests/EndToEnd.Flows"), "*.cs")) File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)));
        return project;
    }

    private Task<Shipped> ShippedAsync()
    {
        Assert.SkipWhen(Container.Obstacle is not null, Container.Obstacle ?? "");
        return _shipped ??= ShipAsync();
    }

    private async Task<Shipped> ShipAsync()
    {
        var registry = await LocalRegistry.StartAsync(feed.NewFolder("registry"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => registry.Dispose();
        var project = Project("my flows/Everything");
        return new(project, registry, (await PackAsync(project, registry.Host)).MustSucceed());
    }

    private sealed record Shipped(ConsoleProject Project, LocalRegistry Registry, ToolResult Build)
    {
        public string Folder => Path.Combine(Project.Folder, "obj", "flowgen");

        public string WorkerFolder => Path.Combine(Folder, "worker", "linux-x64-static");

        public string Worker => Path.Combine(WorkerFolder, "Everything");

        public string Digest => Build.Output.Split("everything:latest@")[1].Split(' ')[0];

        public string Reference => $"{Registry.Host}/team/everything@{Digest}";
    }
}
