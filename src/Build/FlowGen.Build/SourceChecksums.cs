using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace FlowGen.Build;

/// <summary>
/// What an assembly was compiled from, by the checksums of its sources in its portable PDB: equal in Debug and Release and in every folder, and other after every edit. Module ids and
/// assembly versions are neither.
/// </summary>
public static class SourceChecksums
{
    /// <summary>A hash over the checksums; <c>null</c> without a portable PDB, beside the assembly or in it.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    public static string? Of(string assembly)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(assembly));
            if (!image.TryOpenAssociatedPortablePdb(assembly, static path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _)) return null;
            using (provider) return Of(provider!.GetMetadataReader());
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Of(MetadataReader pdb)
    {
        var checksums = pdb.Documents.Select(pdb.GetDocument).Where(document => !IsIntermediate(pdb.GetString(document.Name)))
            .Select(document => Convert.ToHexStringLower(pdb.GetBlobBytes(document.Hash))).Order(StringComparer.Ordinal).ToList();
        return checksums.Any(checksum => checksum.Length == 0) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', checksums))))[..32];
    }

    /// <summary>What the build writes for itself differs where nothing changed.</summary>
    private static bool IsIntermediate(string path) => path.Split('/', '\\') is [.. var folders, _] && folders.Contains("obj", StringComparer.OrdinalIgnoreCase);
}
