namespace FlowGen.Build;

/// <summary>Brings an image from its layout into a registry: only what is not there.</summary>
/// <param name="layout">Where its parts are.</param>
/// <param name="below">What it is built on; its layers come from there when the layout has not got them.</param>
/// <param name="variable">Reads a variable of the environment.</param>
public sealed class ImagePush(ImageLayout layout, ImageReference? below, Func<string, string?> variable)
{
    /// <summary>Pushes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="target">Where to, with a tag.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>How many parts were sent; <c>null</c>: the tag stood for this image already.</returns>
    public async Task<int?> PushAsync(PackedImage image, ImageReference target, CancellationToken cancel)
    {
        using var registry = new RegistryClient(target.Registry, variable);
        var (repository, tag) = (target.Repository, target.Tag!);
        if (await registry.IsTaggedAsync(repository, tag, image.Manifest.Digest, cancel).ConfigureAwait(false)) return null;
        var sent = 0;
        foreach (var part in image.Parts.Distinct())
        {
            if (await registry.HasAsync(repository, part.Digest, cancel).ConfigureAwait(false)) continue;
            if (!layout.Has(part) && below!.Registry == target.Registry && await registry.MountAsync(repository, part, below.Repository, cancel).ConfigureAwait(false)) continue;
            await FetchAsync([part], cancel).ConfigureAwait(false);
            await registry.UploadAsync(repository, part, layout.PathOf(part.Digest), cancel).ConfigureAwait(false);
            sent++;
        }

        await registry.TagAsync(repository, tag, await File.ReadAllBytesAsync(layout.PathOf(image.Manifest.Digest), cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        return sent;
    }

    /// <summary>Completes the layout.</summary>
    /// <param name="parts">What must be in it.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task FetchAsync(IEnumerable<Descriptor> parts, CancellationToken cancel)
    {
        RegistryClient? registry = null;
        try
        {
            foreach (var part in parts.Where(part => !layout.Has(part)))
                await (registry ??= new(below!.Registry, variable)).DownloadAsync(below!.Repository, part, layout.PathOf(part.Digest), cancel).ConfigureAwait(false);
        }
        finally
        {
            registry?.Dispose();
        }
    }
}
