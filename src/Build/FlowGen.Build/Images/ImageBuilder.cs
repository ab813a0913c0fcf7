using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>
/// Puts an image together. Nothing in it tells when and where it was made, so that equal programs on equal bases are equal images: the SDK's own images record the time and the times of files.
/// </summary>
/// <param name="layout">Where its parts are kept.</param>
/// <param name="settings">How the program is started.</param>
/// <param name="below">What it is built on; <c>null</c>: on nothing.</param>
public sealed class ImageBuilder(ImageLayout layout, ImageSettings settings, BaseImage? below)
{
    private const string LongAgo = "1970-01-01T00:00:00Z";
    private readonly List<Descriptor> _layers = [.. below?.Layers ?? []];
    private readonly List<(string DiffId, string What)> _added = [];

    /// <summary>Adds a layer, unless nothing is in it.</summary>
    /// <param name="what">What it is, for the history of the image.</param>
    /// <param name="entries">What is in it.</param>
    public void Add(string what, IReadOnlyList<ImageEntry> entries)
    {
        if (entries.Count == 0) return;
        var (layer, diffId) = layout.AddLayer(entries);
        _layers.Add(layer);
        _added.Add((diffId, what));
    }

    /// <summary>Completes the image.</summary>
    /// <returns>Its manifest, and all parts of it.</returns>
    public (Descriptor Manifest, IReadOnlyList<Descriptor> Parts) Finish()
    {
        var config = layout.Add(Descriptor.Config, JsonSerializer.SerializeToUtf8Bytes(Configure()));
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2, ["mediaType"] = Descriptor.Manifest, ["config"] = config.ToJson(), ["layers"] = new JsonArray([.. _layers.Select(layer => (layer with { MediaType = OciName(layer.MediaType) }).ToJson())]),
        };
        return (layout.Add(Descriptor.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest)), [config, .. _layers]);
    }

    private JsonObject Configure()
    {
        var image = below is null ? [] : below.Config.DeepClone().AsObject();
        image["created"] = LongAgo;
        image["architecture"] = settings.Architecture;
        image["os"] = "linux";
        var config = Child(image, "config");
        config["Entrypoint"] = new JsonArray(settings.EntryPoint);
        config.Remove("Cmd");
        config["WorkingDir"] = "/" + ImageSettings.Folder;
        if (config["User"]?.GetValue<string>() is not { Length: > 0 } user || user.Split(':')[0] is "root" or "0") config["User"] = $"{ImageSettings.User}:{ImageSettings.User}";
        var variables = (config["Env"]?.AsArray() ?? []).Select(variable => variable!.GetValue<string>()).Where(variable => !settings.Environment.Any(own => variable.StartsWith(own.Name + "=", StringComparison.Ordinal)));
        config["Env"] = new JsonArray([.. variables.Concat(settings.Environment.Select(own => $"{own.Name}={own.Value}")).Select(variable => JsonValue.Create(variable))]);
        var labels = Child(config, "Labels");
        foreach (var (name, value) in settings.Labels) labels[name] = value;
        var root = Child(image, "rootfs");
        root["type"] = "layers";
        foreach (var (diffId, what) in _added)
        {
            List(root, "diff_ids").Add(diffId);
            List(image, "history").Add(new JsonObject { ["created"] = LongAgo, ["created_by"] = "FlowGen", ["comment"] = what });
        }

        return image;
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child) return child;
        parent[name] = child = [];
        return child;
    }

    private static JsonArray List(JsonObject parent, string name)
    {
        if (parent[name] is JsonArray list) return list;
        parent[name] = list = [];
        return list;
    }

    /// <summary>The same layer has another name in images of Docker's own format.</summary>
    private static string OciName(string mediaType) => mediaType == "application/vnd.docker.image.rootfs.diff.tar.gzip" ? Descriptor.Layer : mediaType;
}
