using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>An image in a layout, and what it was made of, so that it is not made again.</summary>
/// <param name="Key">A hash of all that went into it.</param>
/// <param name="Manifest">The image.</param>
/// <param name="Parts">Its parts.</param>
public sealed record PackedImage(string Key, Descriptor Manifest, IReadOnlyList<Descriptor> Parts)
{
    /// <summary>What it weighs.</summary>
    public long Size => Parts.Sum(part => part.Size);

    /// <summary>Reads what <see cref="Save"/> wrote; <c>null</c> if nothing did.</summary>
    /// <param name="file">The file.</param>
    public static PackedImage? Load(string file)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!;
            return new(json["key"]!.GetValue<string>(), Descriptor.Of(json["manifest"]!), [.. json["parts"]!.AsArray().Select(part => Descriptor.Of(part!))]);
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Writes it down.</summary>
    /// <param name="file">The file.</param>
    public void Save(string file) =>
        File.WriteAllText(file, new JsonObject { ["key"] = Key, ["manifest"] = Manifest.ToJson(), ["parts"] = new JsonArray([.. Parts.Select(part => part.ToJson())]) }.ToJsonString());
}
