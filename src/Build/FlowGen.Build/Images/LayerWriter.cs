using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FlowGen.Build;

/// <summary>
/// Writes layers and archives that are equal, bit by bit, whenever their files are: entries in the order of their names, without times, owners and names of users. Only the ustar format can be so:
/// the newer one records times of access and the number of the process.
/// </summary>
public static class LayerWriter
{
    /// <summary>Writes a compressed layer.</summary>
    /// <param name="entries">What is in it. Folders on the way to files need not be given.</param>
    /// <param name="file">The file to write.</param>
    /// <returns>The layer, and the digest of what it is uncompressed, which configurations name.</returns>
    public static (Descriptor Layer, string DiffId) Write(IEnumerable<ImageEntry> entries, string file)
    {
        string diffId, digest;
        using (var plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        using (var packed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            using (var output = new HashingStream(File.Create(file), packed))
            using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize))
            using (var tar = new HashingStream(gzip, plain))
                WriteTar(WithFolders(entries), tar);
            (diffId, digest) = (Digest(plain), Digest(packed));
        }

        return (new Descriptor(Descriptor.Layer, digest, new FileInfo(file).Length), diffId);
    }

    /// <summary>Writes an archive that is not compressed.</summary>
    /// <param name="entries">What is in it.</param>
    /// <param name="output">Where to.</param>
    public static void WriteTar(IEnumerable<ImageEntry> entries, Stream output)
    {
        using var tar = new TarWriter(output, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var entry in entries.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            using var content = entry.Source is { } source ? File.OpenRead(source) : (Stream)new MemoryStream(entry.Content ?? []);
            var written = new UstarTarEntry(entry.IsFolder ? TarEntryType.Directory : TarEntryType.RegularFile, entry.Path) { Mode = entry.Mode, ModificationTime = DateTimeOffset.UnixEpoch, Uid = 0, Gid = 0, UserName = "", GroupName = "" };
            if (!entry.IsFolder) written.DataStream = content;
            tar.WriteEntry(written);
        }
    }

    private static Dictionary<string, ImageEntry>.ValueCollection WithFolders(IEnumerable<ImageEntry> entries)
    {
        var all = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (var path in all.Keys.ToList())
            for (var end = path.TrimEnd('/').LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
                all.TryAdd(path[..(end + 1)], ImageEntry.Folder(path[..(end + 1)]));
        return all.Values;
    }

    private static string Digest(IncrementalHash hash) => "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
}
