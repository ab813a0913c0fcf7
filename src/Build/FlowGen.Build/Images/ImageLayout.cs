using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>The parts of an image in a folder, each under its digest, as the image layout of the Open Container Initiative has them.</summary>
/// <param name="folder">The folder.</param>
public sealed class ImageLayout(string folder)
{
    private string Blobs => Path.Combine(folder, "blobs", "sha256");

    /// <summary>Where a part is.</summary>
    /// <param name="digest">Its digest.</param>
    public string PathOf(string digest) => Path.Combine(Blobs, digest["sha256:".Length..]);

    /// <summary>Whether a part is there.</summary>
    /// <param name="part">The part.</param>
    public bool Has(Descriptor part) => new FileInfo(PathOf(part.Digest)) is { Exists: true } file && file.Length == part.Size;

    /// <summary>Adds a few bytes.</summary>
    /// <param name="mediaType">What they are.</param>
    /// <param name="content">The bytes.</param>
    public Descriptor Add(string mediaType, byte[] content)
    {
        var part = new Descriptor(mediaType, Descriptor.DigestOf(content), content.Length);
        Directory.CreateDirectory(Blobs);
        File.WriteAllBytes(PathOf(part.Digest), content);
        return part;
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="entries">What is in it.</param>
    public (Descriptor Layer, string DiffId) AddLayer(IEnumerable<ImageEntry> entries)
    {
        Directory.CreateDirectory(Blobs);
        var unnamed = Path.Combine(folder, "layer");
        var (layer, diffId) = LayerWriter.Write(entries, unnamed);
        File.Move(unnamed, PathOf(layer.Digest), overwrite: true);
        return (layer, diffId);
    }

    /// <summary>Removes what no longer belongs to an image.</summary>
    /// <param name="parts">What does.</param>
    public void KeepOnly(IEnumerable<Descriptor> parts)
    {
        var kept = parts.Select(part => PathOf(part.Digest)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Blobs).Where(file => !kept.Contains(file))) File.Delete(file);
    }

    /// <summary>Writes all of an image into one file, which every tool for images reads.</summary>
    /// <param name="file">The file.</param>
    /// <param name="manifest">The image.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="name">How tools call it: a tag.</param>
    public void WriteArchive(string file, Descriptor manifest, IEnumerable<Descriptor> parts, string name)
    {
        var entry = manifest.ToJson();
        entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = name };
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(entry) };
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var output = File.Create(file + ".new"))
            LayerWriter.WriteTar(
            [
                ImageEntry.Text("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""), ImageEntry.Text("index.json", index.ToJsonString()), ImageEntry.Folder("blobs/"), ImageEntry.Folder("blobs/sha256/"),
                .. parts.Append(manifest).Select(part => part.Digest).Distinct().Select(digest => ImageEntry.File("blobs/sha256/" + digest["sha256:".Length..], PathOf(digest))),
            ], output);
        File.Move(file + ".new", file, overwrite: true);
    }
}
