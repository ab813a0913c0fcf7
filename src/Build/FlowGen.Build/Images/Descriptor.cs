using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>What an image says about one of its parts, as the image specification of the Open Container Initiative names it.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Digest">Its hash: <c>sha256:</c> and 64 digits.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record Descriptor(string MediaType, string Digest, long Size)
{
    /// <summary>Media type of a manifest.</summary>
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>Media type of a configuration.</summary>
    public const string Config = "application/vnd.oci.image.config.v1+json";

    /// <summary>Media type of a layer.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>Digest of bytes.</summary>
    /// <param name="content">The bytes.</param>
    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>As it stands in a manifest.</summary>
    public JsonObject ToJson() => new() { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Size };

    /// <summary>Reads what stands in a manifest.</summary>
    /// <param name="json">The entry.</param>
    public static Descriptor Of(JsonNode json) => new(json["mediaType"]!.GetValue<string>(), json["digest"]!.GetValue<string>(), json["size"]!.GetValue<long>());
}
