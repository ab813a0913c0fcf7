using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Makes an image of a published worker, and brings it into a registry, an archive, or both. Does only what is not done yet.</summary>
public sealed class PackImage : FlowTask, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>Files of the worker; those with the metadata <c>NuGetPackageId</c> change less often and have a layer of their own.</summary>
    [Required]
    public ITaskItem[] Content { get; set; } = [];

    /// <summary>Where the worker is.</summary>
    [Required]
    public string WorkerFolder { get; set; } = "";

    /// <summary>Its executable.</summary>
    [Required]
    public string WorkerFile { get; set; } = "";

    /// <summary><c>static</c>: nothing is below it. Else what <see cref="Base"/> names.</summary>
    [Required]
    public string Kind { get; set; } = "";

    /// <summary>The runtime that the worker was built for.</summary>
    [Required]
    public string Runtime { get; set; } = "";

    /// <summary>The base image.</summary>
    public string Base { get; set; } = "";

    /// <summary>Registry and the first part of the name; empty: it is not pushed.</summary>
    public string Registry { get; set; } = "";

    /// <summary>The last part of its name.</summary>
    [Required]
    public string ImageName { get; set; } = "";

    /// <summary>The tag.</summary>
    [Required]
    public string Tag { get; set; } = "";

    /// <summary>The archive to write; empty: none.</summary>
    public string Archive { get; set; } = "";

    /// <summary>The file with the certificates of authorities that a static worker trusts; empty: this machine's.</summary>
    public string Certificates { get; set; } = "";

    /// <summary>Folder for what is made on the way.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The image exactly: <c>name@digest</c>, or the archive.</summary>
    [Output]
    public string Image { get; set; } = "";

    /// <summary>The digest of the image.</summary>
    [Output]
    public string Digest { get; set; } = "";

    /// <inheritdoc/>
    public void Cancel() => _cancel.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();

    /// <inheritdoc/>
    protected override void Run()
    {
        var target = Registry.Length == 0 ? null : Named($"{Registry.TrimEnd('/')}/{ImageName}:{Tag}", "FlowRegistry, FlowImageName and FlowImageTag");
        var below = Kind == "static" ? null : Named(Base, "FlowBaseImage");
        if (below is { Digest: null })
            LogDoubt("FG0914", $"the base image {below} is not pinned, so an image built tomorrow may be another one; set FlowBaseImage to the name with the digest that is told below");
        var layout = new ImageLayout(Folder);
        var push = new ImagePush(layout, below, Environment.GetEnvironmentVariable);
        PackAsync(layout, push, target, below).GetAwaiter().GetResult();
    }

    private static ImageReference Named(string text, string properties)
    {
        try
        {
            return ImageReference.Parse(text);
        }
        catch (FormatException e)
        {
            throw new BuildException("FG0902", $"{e.Message} (from {properties})");
        }
    }

    private async Task PackAsync(ImageLayout layout, ImagePush push, ImageReference? target, ImageReference? below)
    {
        var record = Path.Combine(Folder, "packed.json");
        var key = Key(below);
        var image = below is { Digest: null } ? null : PackedImage.Load(record);
        var isNew = image is null || image.Key != key || !layout.Has(image.Manifest);
        if (isNew)
        {
            image = await BuildAsync(layout, key, below).ConfigureAwait(false);
            image.Save(record);
        }

        Digest = image!.Manifest.Digest;
        if (Archive.Length > 0)
        {
            if (isNew || !File.Exists(Archive))
            {
                await push.FetchAsync(image.Parts, _cancel.Token).ConfigureAwait(false);
                layout.WriteArchive(Archive, image.Manifest, image.Parts, Tag);
            }

            Image = "oci-archive:" + Archive;
            Tell($"{Path.GetFileNameWithoutExtension(Project)} -> {Archive} ({Digest}, {Megabytes(image.Size)})");
        }

        if (target is null) return;
        var sent = await push.PushAsync(image, target, _cancel.Token).ConfigureAwait(false);
        Image = (target with { Tag = null, Digest = Digest }).ToString();
        Tell($"{Path.GetFileNameWithoutExtension(Project)} -> {target with { Digest = Digest }} ({Megabytes(image.Size)}{(sent is null ? ", there already" : "")})");
    }

    private async Task<PackedImage> BuildAsync(ImageLayout layout, string key, ImageReference? below)
    {
        var architecture = Runtime.EndsWith("-arm64", StringComparison.Ordinal) ? "arm64" : Runtime.EndsWith("-x64", StringComparison.Ordinal) ? "amd64" : Runtime.Split('-')[^1];
        BaseImage? found = null;
        if (below is not null)
        {
            using var registry = new RegistryClient(below.Registry, Environment.GetEnvironmentVariable);
            found = await BaseImage.ReadAsync(below, architecture, registry, _cancel.Token).ConfigureAwait(false);
            if (below.Digest is null) Tell($"FlowBaseImage={found.Reference}");
        }

        var builder = new ImageBuilder(layout, Settings(architecture, found), found);
        if (found is null) builder.Add("certificates, user and /tmp", ScratchSystem.Entries(CertificatesFile()));
        builder.Add("libraries", [.. Files(isLibrary: true)]);
        builder.Add("program", [.. Files(isLibrary: false)]);
        var (manifest, parts) = builder.Finish();
        layout.KeepOnly(parts.Append(manifest));
        return new(key, manifest, parts);
    }

    private ImageSettings Settings(string architecture, BaseImage? found)
    {
        List<(string, string)> environment = [("HOME", "/tmp")], labels = [("org.opencontainers.image.title", ImageName)];
        if (found is null) environment.Add(("SSL_CERT_FILE", "/" + ScratchSystem.CertificatesPath));
        // A root file system that cannot be written to has no place for its pipes.
        if (Kind == "r2r") environment.Add(("DOTNET_EnableDiagnostics", "0"));
        if (found is not null) labels.AddRange([("org.opencontainers.image.base.name", $"{found.Reference.Registry}/{found.Reference.Repository}"), ("org.opencontainers.image.base.digest", found.Reference.Digest!)]);
        return new($"/{ImageSettings.Folder}/{Path.GetFileName(WorkerFile)}", architecture, environment, labels);
    }

    private IEnumerable<ImageEntry> Files(bool isLibrary) => Published().Where(file => file.IsLibrary == isLibrary)
        .Select(file => ImageEntry.File($"{ImageSettings.Folder}/{file.Path}", Path.Combine(WorkerFolder, file.Path), file.Path == Path.GetFileName(WorkerFile) || file.Path == "createdump"));

    /// <summary>The SDK names the executable twice: the host of every program, and what takes its place.</summary>
    private IEnumerable<(string Path, bool IsLibrary)> Published() => Content.GroupBy(file => file.GetMetadata("RelativePath").Replace('\\', '/'))
        .Select(same => (same.Key, same.All(file => file.GetMetadata("NuGetPackageId").Length > 0))).OrderBy(file => file.Key, StringComparer.Ordinal);

    private string CertificatesFile()
    {
        if (Certificates.Length > 0) return File.Exists(Certificates) ? Certificates : throw new BuildException("FG0909", $"the file {Certificates} that FlowCertificates names does not exist");
        return ScratchSystem.FindCertificates() ?? throw new BuildException("FG0909", "an image from scratch needs the certificates of the authorities that it trusts, and this machine has none; install: sudo apt-get install ca-certificates; or name a file with FlowCertificates");
    }

    /// <summary>All that goes in. Files are told by length and time, as by every build.</summary>
    private string Key(ImageReference? below)
    {
        var text = new StringBuilder($"1 {Kind} {Runtime} {ImageName} {below} {Path.GetFileName(WorkerFile)}\n");
        if (below is null && CertificatesFile() is var certificates) text.Append(certificates).Append(' ').Append(File.GetLastWriteTimeUtc(certificates).Ticks).Append('\n');
        foreach (var (path, isLibrary) in Published())
            if (new FileInfo(Path.Combine(WorkerFolder, path)) is var info) text.Append(CultureInfo.InvariantCulture, $"{path} {isLibrary} {info.Length} {info.LastWriteTimeUtc.Ticks}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");
}
