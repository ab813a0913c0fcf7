using FlowGen.Build;

namespace Package.Tests.Infrastructure;

/// <summary>A base image of the few libraries of this machine that .NET needs: no public registry is needed for tests.</summary>
internal static class TinyBase
{
    private static readonly string[] s_libraries = ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libssl.so.3", "libcrypto.so.3", "libz.so.1", "libgomp.so.1"];

    /// <summary>Makes it and pushes it with skopeo.</summary>
    /// <returns>Its name, with the digest.</returns>
    public static async Task<string> PushAsync(LocalRegistry registry, string folder)
    {
        var folders = new[] { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib" };
        var found = s_libraries.Select(name => folders.Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists)).OfType<string>();
        var layout = new ImageLayout(Path.Combine(folder, "base"));
        var builder = new ImageBuilder(layout, new ImageSettings("/none", "amd64", [("LANG", "C")], [("tiny", "base")]), null);
        builder.Add("libraries", [ImageEntry.File("lib64/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2", isExecutable: true), ImageEntry.SharedFolder("tmp/"), .. found.Select(file => ImageEntry.File("lib/x86_64-linux-gnu/" + Path.GetFileName(file), file))]);
        var (manifest, parts) = builder.Finish();
        layout.WriteArchive(Path.Combine(folder, "base.tar"), manifest, parts, "1");
        var name = $"{registry.Host}/bases/tiny";
        (await Tool.RunAsync("skopeo", folder, ["copy", "--dest-tls-verify=false", "-q", $"oci-archive:{folder}/base.tar", $"docker://{name}:1"])).MustSucceed();
        return $"{name}:1@{manifest.Digest}";
    }
}
