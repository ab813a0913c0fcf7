using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FlowGen.Build;
using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>Layers, names, credentials and drawings, without a registry.</summary>
public sealed class ImagePartTests(PackedFeed feed)
{
    [Theory]
    [InlineData("registry.example.com/team/flows:1.2", "registry.example.com", "team/flows", "1.2", null)]
    [InlineData("localhost/flows", "localhost", "flows", null, null)]
    [InlineData("127.0.0.1:5000/a/b:latest@sha256:aded0111e177e202ae3424a77dc40094beaeca12b250f37b0995496a4a594227", "127.0.0.1:5000", "a/b", "latest", "sha256:aded0111e177e202ae3424a77dc40094beaeca12b250f37b0995496a4a594227")]
    [InlineData("debian:12", "docker.io", "library/debian", "12", null)]
    [InlineData("team/flows", "docker.io", "team/flows", null, null)]
    public void Parse_Name_HasItsParts(string text, string registry, string repository, string? tag, string? digest) =>
        Assert.Equal(new ImageReference(registry, repository, tag, digest), ImageReference.Parse(text));

    [Theory]
    [InlineData("registry.example.com/Team/flows")]
    [InlineData("registry.example.com/")]
    [InlineData("registry.example.com/a//b")]
    [InlineData("registry.example.com/a@sha256:12")]
    public void Parse_NoName_Throws(string text) => Assert.Throws<FormatException>(() => ImageReference.Parse(text));

    [Fact]
    public void Write_EqualFiles_AreEqualLayersWhateverTheirTimesAndOrder()
    {
        var folder = feed.NewFolder("layers");
        var (first, second) = (Path.Combine(folder, "a"), Path.Combine(folder, "b"));
        File.WriteAllText(first, "program");
        File.WriteAllText(second, "program");
        File.SetLastWriteTimeUtc(second, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(second, UnixFileMode.UserRead);

        var one = LayerWriter.Write([ImageEntry.File("app/x/program", first, isExecutable: true), ImageEntry.SharedFolder("tmp/")], Path.Combine(folder, "1.tar.gz"));
        var two = LayerWriter.Write([ImageEntry.SharedFolder("tmp/"), ImageEntry.File("app/x/program", second, isExecutable: true)], Path.Combine(folder, "2.tar.gz"));

        Assert.Equal(one, two);
        Assert.Equal(Descriptor.DigestOf(File.ReadAllBytes(Path.Combine(folder, "1.tar.gz"))), one.Layer.Digest);
        using var plain = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(folder, "1.tar.gz")), CompressionMode.Decompress)) packed.CopyTo(plain);
        Assert.Equal(Descriptor.DigestOf(plain.ToArray()), one.DiffId);
        plain.Position = 0;
        using var tar = new TarReader(plain);
        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry) entries.Add($"{entry.Name} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid} {entry.ModificationTime.ToUnixTimeSeconds()}");
        Assert.Equal(["app/ 755 0 0", "app/x/ 755 0 0", "app/x/program 755 0 0", "tmp/ 1777 0 0"], entries);
    }

    [Fact]
    public void Build_OnABase_KeepsWhatItSaysAndIsNotRoot()
    {
        var layout = new ImageLayout(feed.NewFolder("on base"));
        var below = new BaseImage(ImageReference.Parse("example.com/base:1"), JsonNode.Parse("""
            { "created": "2026-01-01T00:00:00Z", "config": { "User": "root", "Env": ["PATH=/bin", "HOME=/root"], "Cmd": ["sh"], "Labels": { "of": "base" } }, "rootfs": { "type": "layers", "diff_ids": ["sha256:1"] }, "history": [{ "created_by": "them" }] }
            """)!.AsObject(), [new("application/vnd.docker.image.rootfs.diff.tar.gzip", "sha256:" + new string('1', 64), 5)]);
        var builder = new ImageBuilder(layout, new ImageSettings("/app/it", "arm64", [("HOME", "/tmp")], [("title", "it")]), below);
        builder.Add("program", [ImageEntry.Text("app/it", "#!")]);
        builder.Add("nothing", []);

        var (manifest, parts) = builder.Finish();

        var image = JsonNode.Parse(File.ReadAllText(layout.PathOf(JsonNode.Parse(File.ReadAllText(layout.PathOf(manifest.Digest)))!["config"]!["digest"]!.GetValue<string>())))!;
        Assert.Equal(3, parts.Count);
        Assert.Equal("""["PATH=/bin","HOME=/tmp"]""", image["config"]!["Env"]!.ToJsonString());
        Assert.Equal(("65532:65532", "/app", "base", "it"), (image["config"]!["User"]!.GetValue<string>(), image["config"]!["WorkingDir"]!.GetValue<string>(), image["config"]!["Labels"]!["of"]!.GetValue<string>(), image["config"]!["Labels"]!["title"]!.GetValue<string>()));
        Assert.Null(image["config"]!["Cmd"]);
        Assert.Equal((2, 2, "arm64"), (image["rootfs"]!["diff_ids"]!.AsArray().Count, image["history"]!.AsArray().Count, image["architecture"]!.GetValue<string>()));
        Assert.Equal(Descriptor.Layer, JsonNode.Parse(File.ReadAllText(layout.PathOf(manifest.Digest)))!["layers"]![0]!["mediaType"]!.GetValue<string>());
    }

    [Fact]
    public void Find_Credentials_AreThoseOfALogin()
    {
        var folder = feed.NewFolder("logins");
        var variables = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = folder, ["REGISTRY_AUTH_FILE"] = Path.Combine(folder, "auth.json") };
        File.WriteAllText(Path.Combine(folder, "config.json"), """
            { "auths": { "one.example.com": { "auth": "YW5uOnNlYzpyZXQ=" }, "https://two.example.com": { "identitytoken": "t0ken" }, "https://index.docker.io/v1/": { "username": "hub", "password": "p" } } }
            """);
        File.WriteAllText(Path.Combine(folder, "auth.json"), """{ "auths": { "three.example.com": { "auth": "Ym86eA==" } } }""");

        Assert.Equal(new RegistryCredentials("ann", "sec:ret"), RegistryCredentials.Find("one.example.com", variables.GetValueOrDefault));
        Assert.Equal(new RegistryCredentials("<token>", "t0ken"), RegistryCredentials.Find("two.example.com", variables.GetValueOrDefault));
        Assert.Equal(new RegistryCredentials("bo", "x"), RegistryCredentials.Find("three.example.com", variables.GetValueOrDefault));
        Assert.Equal(new RegistryCredentials("hub", "p"), RegistryCredentials.Find("docker.io", variables.GetValueOrDefault));
        Assert.Null(RegistryCredentials.Find("four.example.com", variables.GetValueOrDefault));
        File.WriteAllText(Path.Combine(folder, "config.json"), """{ "credHelpers": { "five.example.com": "that-nobody-has" } }""");
        Assert.Contains("docker-credential-that-nobody-has", Assert.Throws<BuildException>(() => RegistryCredentials.Find("five.example.com", variables.GetValueOrDefault)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_ThatAsksForAToken_GetsOneForTheLogin()
    {
        var folder = feed.NewFolder("token");
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), """{ "auths": { "HOST": { "auth": "YW5uOnNlY3JldA==" } } }""", TestContext.Current.CancellationToken);
        using var server = new HttpListener();
        var port = FreePort();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var seen = new List<string>();
        var serving = ServeAsync(server, port, seen);
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), $$"""{ "auths": { "127.0.0.1:{{port}}": { "auth": "YW5uOnNlY3JldA==" } } }""", TestContext.Current.CancellationToken);

        using (var registry = new RegistryClient($"127.0.0.1:{port}", name => name == "DOCKER_CONFIG" ? folder : null))
        {
            Assert.True(await registry.HasAsync("team/it", "sha256:1", TestContext.Current.CancellationToken));
            Assert.True(await registry.HasAsync("team/it", "sha256:2", TestContext.Current.CancellationToken));
            var refused = await Assert.ThrowsAsync<BuildException>(() => registry.HasAsync("team/secret", "sha256:1", TestContext.Current.CancellationToken));
            Assert.Equal(("FG0910", $"the registry 127.0.0.1:{port} does not let you at team/secret; log in: docker login 127.0.0.1:{port}"), (refused.Code, refused.Message));
        }

        server.Stop();
        await serving;
        Assert.Equal(["HEAD /v2/team/it/blobs/sha256:1 -", "GET /token?service=here&scope=repository%3Ateam%2Fit%3Apull Basic YW5uOnNlY3JldA==", "HEAD /v2/team/it/blobs/sha256:1 Bearer good", "HEAD /v2/team/it/blobs/sha256:2 Bearer good",
            "HEAD /v2/team/secret/blobs/sha256:1 Bearer good"], seen);
    }

    [Fact]
    public async Task Registry_ThatIsNotThere_IsSaidInOneLine()
    {
        using var registry = new RegistryClient($"127.0.0.1:{FreePort()}", _ => null);
        var failure = await Assert.ThrowsAsync<BuildException>(() => registry.HasAsync("it", "sha256:1", TestContext.Current.CancellationToken));
        Assert.Equal("FG0910", failure.Code);
        Assert.StartsWith($"the registry {registry.Registry} cannot be reached: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_Graph_HasAllStepsAndArrowsBelowTheirInputs()
    {
        var svg = GraphSvg.Draw("""
            flowchart TD
                p0[/"data"/]
                s0["load"]
                s1[["fit #quot;x#quot; <1>"]]
                s2["best"]
                p0 --> s0
                s0 -->|"each of rows"| s1
                s1 ==>|"all fit"| s2
                s2 -->|"again, at most 3 times"| s2
            """);

        var drawing = System.Xml.Linq.XDocument.Parse(svg);
        var texts = drawing.Descendants().Where(element => element.Name.LocalName == "text").ToDictionary(element => element.Value, element => int.Parse(element.Attribute("y")!.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["again, at most 3 times", "all fit", "best", "data", "each of rows", "fit \"x\" <1>", "load"], texts.Keys.Order(StringComparer.Ordinal));
        Assert.True(texts["data"] < texts["load"] && texts["load"] < texts["fit \"x\" <1>"] && texts["fit \"x\" <1>"] < texts["best"]);
        Assert.Equal(4, drawing.Descendants().Count(element => element.Attribute("marker-end") is not null));
    }

    /// <summary>Lets somebody with the token at everything but team/secret.</summary>
    private static async Task ServeAsync(HttpListener server, int port, List<string> seen)
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await server.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var login = call.Request.Headers["Authorization"];
            seen.Add($"{call.Request.HttpMethod} {call.Request.RawUrl} {login ?? "-"}");
            if (call.Request.RawUrl!.StartsWith("/token", StringComparison.Ordinal)) await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("""{ "token": "good" }"""));
            else if (call.Request.RawUrl.Contains("secret", StringComparison.Ordinal)) call.Response.StatusCode = 403;
            else if (login != "Bearer good")
            {
                call.Response.StatusCode = 401;
                call.Response.AddHeader("WWW-Authenticate", $"Bearer realm=\"http://127.0.0.1:{port}/token\",service=\"here\",scope=\"repository:team/it:pull\"");
            }

            call.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
