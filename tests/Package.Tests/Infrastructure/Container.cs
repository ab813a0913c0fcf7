using System.Text.Json.Nodes;

namespace Package.Tests.Infrastructure;

/// <summary>
/// An image, unpacked and run as a cluster would: as its own user, with a root file system that cannot be written to and a <c>/tmp</c> that can, by runc. It sees the network of this machine.
/// </summary>
internal sealed class Container
{
    private readonly string _folder;
    private int _runs;

    private Container(string folder) => _folder = folder;

    /// <summary>Why images cannot be run here; <c>null</c> if they can.</summary>
    public static string? Obstacle { get; } = Environment.UserName != "root" ? "containers are started by root only"
        : new[] { "docker-registry", "skopeo", "umoci", "runc" }.FirstOrDefault(program => !Environment.GetEnvironmentVariable("PATH")!.Split(':').Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing
            ? $"{missing} is missing: build/test.sh installs it" : null;

    /// <summary>Takes an image apart, which tools other than ours do.</summary>
    public static async Task<Container> UnpackAsync(string image, string folder)
    {
        (await Tool.RunAsync("skopeo", folder, ["copy", "--src-tls-verify=false", "-q", image, $"oci:{folder}/image:it"])).MustSucceed();
        (await Tool.RunAsync("umoci", folder, ["unpack", "--image", $"{folder}/image:it", $"{folder}/bundle"])).MustSucceed();
        (await Tool.RunAsync("mkdir", folder, ["-m", "777", "data"])).MustSucceed();
        return new(folder);
    }

    /// <summary>What is in it: the root file system.</summary>
    public string Root => Path.Combine(_folder, "bundle", "rootfs");

    /// <summary>Runs it. The folder <c>/data</c> in it is one for all runs.</summary>
    public async Task<ToolResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var file = Path.Combine(_folder, "bundle", "config.json");
        var original = Path.Combine(_folder, "config.json");
        if (!File.Exists(original)) File.Copy(file, original);
        var config = JsonNode.Parse(await File.ReadAllTextAsync(original))!;
        var process = config["process"]!;
        process["terminal"] = false;
        foreach (var argument in arguments) process["args"]!.AsArray().Add(argument);
        foreach (var (name, value) in environment) process["env"]!.AsArray().Add($"{name}={value}");
        config["root"]!["readonly"] = true;
        var namespaces = config["linux"]!["namespaces"]!.AsArray();
        namespaces.Remove(namespaces.Single(one => one!["type"]!.GetValue<string>() == "network"));
        config["linux"]!.AsObject().Remove("resources");
        var mounts = config["mounts"]!.AsArray();
        mounts.Add(new JsonObject { ["destination"] = "/tmp", ["type"] = "tmpfs", ["source"] = "tmpfs", ["options"] = new JsonArray("mode=1777", "nosuid", "nodev") });
        mounts.Add(new JsonObject { ["destination"] = "/data", ["type"] = "bind", ["source"] = Path.Combine(_folder, "data"), ["options"] = new JsonArray("bind", "rw") });
        // Mount points cannot be made in what cannot be written to.
        Directory.CreateDirectory(Path.Combine(Root, "data"));
        await File.WriteAllTextAsync(file, config.ToJsonString());
        return await Tool.RunAsync("runc", _folder, ["--root", Path.Combine(_folder, "state"), "run", "--bundle", Path.Combine(_folder, "bundle"), $"flowgen-{Environment.ProcessId}-{Guid.NewGuid():n}-{++_runs}"]);
    }
}
