using System.Buffers.Binary;
using System.Security.Cryptography;
using FlowGen;

namespace EndToEnd.Flows;

/// <summary>A blob among other things.</summary>
public sealed record Archive(string Name, Blob Content, IReadOnlyDictionary<string, Blob> Notes);

/// <summary>What a step saw of a blob, and the most memory that its process ever took.</summary>
public sealed record Reading(int Process, long Bytes, string Digest, long PeakKiB);

/// <summary>Makes large content, in this process and in one of its own, and reads it in both.</summary>
[Flow]
public partial class VaultFlow
{
    private const int BlockSize = 1 << 20;

    /// <summary>Size of the content in MiB.</summary>
    [Parameter] public int Megabytes { get; init; } = 1;

    [Step]
    public async Task<Archive> Pack() => new("backup", await WriteAsync(Megabytes, 1), new Dictionary<string, Blob>
    {
        ["empty"] = Blob.FromBytes([]),
        ["short"] = Blob.FromBytes("a note"u8),
        ["longer"] = Blob.FromBytes(new byte[2 << 20]),
    });

    [Step] public async Task<Reading> Here(Archive pack) => await ReadAsync(pack.Content);

    [Step, Isolated] public async Task<Reading> There(Archive pack) => await ReadAsync(pack.Content);

    /// <summary>Small ones travel with the record, the large one is in the store before the step returns.</summary>
    [Step, Isolated]
    public async Task<List<Blob>> Copies(Archive pack) => [pack.Content, pack.Notes["short"], Blob.FromBytes("made there"u8), await WriteAsync(Megabytes + 8, 2)];

    [Step] public async Task<Reading> Each([ForEach(nameof(Copies))] Blob copy) => await ReadAsync(copy);

    [Step, Isolated] public Blob Last([ForEach(nameof(Copies))] Blob copy, Artifact<Archive> pack) => copy;

    [Step]
    public string Check(Archive pack, Reading here, Reading there, [Gather(nameof(Each))] IReadOnlyList<Reading> each, [Gather(nameof(Last))] IReadOnlyList<Blob> last)
    {
        if (here.Process != Environment.ProcessId || there.Process == here.Process) return "not in two processes";
        if (here.Digest != there.Digest || each[0].Digest != here.Digest || here.Bytes != (long)Megabytes << 20) return "other content";
        if (each[3].Bytes != Megabytes + 8L << 20 || last[3].Length != each[3].Bytes || !last[0].Equals(pack.Content)) return "other copies";
        return $"{pack.Notes.Count} notes, {each.Count} copies";
    }

    /// <summary>Content that does not compress, in which no two chunks are equal.</summary>
    private static Task<Blob> WriteAsync(int megabytes, int seed) => Blob.WriteAsync(async stream =>
    {
        var block = new byte[BlockSize];
        new Random(seed).NextBytes(block);
        for (var i = 0; i < megabytes; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(block, i);
            await stream.WriteAsync(block);
        }
    });

    private static async Task<Reading> ReadAsync(Blob blob)
    {
        await using var content = blob.OpenRead();
        var digest = await SHA256.HashDataAsync(content);
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        return new Reading(Environment.ProcessId, blob.Length, Convert.ToHexStringLower(digest), long.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]));
    }
}
