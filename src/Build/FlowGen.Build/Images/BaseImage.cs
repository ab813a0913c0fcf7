using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>The image that another one is built on.</summary>
/// <param name="Reference">Its name, with the digest that it was found under.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Layers">Its layers, the lowest first.</param>
public sealed record BaseImage(ImageReference Reference, JsonObject Config, IReadOnlyList<Descriptor> Layers)
{
    private static readonly string[] s_indexes = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

    /// <summary>Reads it from its registry: the variant for a platform, where it has several.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="architecture">The processor, as Go names it: <c>amd64</c> or <c>arm64</c>.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="BuildException">It cannot be had, or not for that platform.</exception>
    public static async Task<BaseImage> ReadAsync(ImageReference reference, string architecture, RegistryClient registry, CancellationToken cancel)
    {
        var (content, digest, mediaType) = await registry.ManifestAsync(reference.Repository, reference.Selector, cancel).ConfigureAwait(false);
        var found = reference with { Digest = digest };
        var manifest = JsonNode.Parse(content)!;
        if (s_indexes.Contains(mediaType))
        {
            var variants = manifest["manifests"]!.AsArray().Select(entry => entry!).ToList();
            var variant = variants.FirstOrDefault(entry => entry["platform"]?["os"]?.GetValue<string>() == "linux" && entry["platform"]?["architecture"]?.GetValue<string>() == architecture)
                ?? throw new BuildException("FG0911", $"the base image {reference} has no variant for linux/{architecture}; it has {string.Join(", ", variants.Select(entry => $"{entry["platform"]?["os"]}/{entry["platform"]?["architecture"]}"))}");
            manifest = JsonNode.Parse((await registry.ManifestAsync(reference.Repository, variant["digest"]!.GetValue<string>(), cancel).ConfigureAwait(false)).Content)!;
        }

        var config = JsonNode.Parse(await registry.BlobAsync(reference.Repository, Descriptor.Of(manifest["config"]!), cancel).ConfigureAwait(false))!.AsObject();
        if (config["architecture"]?.GetValue<string>() is { } actual && actual != architecture)
            throw new BuildException("FG0911", $"the base image {reference} is for {actual}, and the worker for {architecture}; name one for {architecture}, or set FlowRuntimeIdentifier");
        return new(found, config, [.. manifest["layers"]!.AsArray().Select(layer => Descriptor.Of(layer!))]);
    }
}
