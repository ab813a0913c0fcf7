using System.Runtime.CompilerServices;
using FlowGen.Runs;
using MessagePack;

namespace FlowGen.CommandLine;

/// <summary>Where content was found.</summary>
/// <param name="Run">The run.</param>
/// <param name="Role"><c>made</c>, <c>reused</c>, <c>input</c>, <c>program</c> or <c>source</c>.</param>
/// <param name="Task">The task that has it as an artifact.</param>
/// <param name="Name">Name of the artifact, or of the parameter of an input file.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record FoundContent(RunKey Run, string Role, string? Task, string? Name, string Hash);

/// <summary>Finds the runs that made or took some content, by the hash alone: nothing is read but the logs of runs.</summary>
/// <param name="hashes">Hashes, or one beginning of a hash, as lower-case hexadecimal digits.</param>
internal sealed class ContentSearch(IReadOnlyList<string> hashes)
{
    /// <summary>What a file would be as an input file, as bytes or text that a step returns, or as a program.</summary>
    public static async Task<ContentSearch> OfFileAsync(string path, CancellationToken cancel)
    {
        var length = new FileInfo(path).Length;
        List<string> hashes = [await HashAsync([]).ConfigureAwait(false)];
        using (var file = File.OpenRead(path)) hashes.Add(Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(file, cancel).ConfigureAwait(false)));
        if (length <= int.MaxValue)
        {
            hashes.Add(await HashAsync(Head((ref writer) => writer.WriteBinHeader((int)length))).ConfigureAwait(false));
            hashes.Add(await HashAsync(Head((ref writer) => writer.WriteStringHeader((int)length))).ConfigureAwait(false));
        }

        return new ContentSearch([.. hashes.Distinct()]);

        async ValueTask<string> HashAsync(byte[] head)
        {
            using var file = File.OpenRead(path);
            return (await ContentIdentity.OfAsync(head, file, cancel).ConfigureAwait(false)).ToString();
        }
    }

    public async IAsyncEnumerable<FoundContent> FindAsync(RunStore store, string? flow, [EnumeratorCancellation] CancellationToken cancel)
    {
        var runs = store.ListAsync(flow, cancel).SelectAheadAsync(run => store.ReadAsync(run, cancel), cancel);
        await foreach (var run in runs.ConfigureAwait(false))
            foreach (var found in In(run)) yield return found;
    }

    private IEnumerable<FoundContent> In(RunState run)
    {
        var (manifest, graph) = (run.Manifest, run.Manifest.Graph);
        if (manifest.ProgramHash is { } program && Fits(program)) yield return new(manifest.Run, "program", null, null, program);
        if (manifest.Snapshot is { } snapshot && Fits(snapshot.Hash.ToString())) yield return new(manifest.Run, "source", null, null, snapshot.Hash.ToString());
        foreach (var file in run.InputFiles)
            if (Fits(file.Content.Hash.ToString())) yield return new(manifest.Run, "input", null, graph.Parameters[file.Parameter].Name, file.Content.Hash.ToString());
        foreach (var task in run.Tasks)
        {
            for (var i = 0; i < task.Outputs.Length; i++)
            {
                var hash = task.Outputs[i].Hash.ToString();
                if (Fits(hash)) yield return new(manifest.Run, task.Origin is null ? "made" : "reused", run.NameOf(task.Address), graph.GraphOf(task.Address).Artifacts[graph.StepOf(task.Address).FirstArtifact + i].Name, hash);
            }
        }
    }

    private bool Fits(string hash) => hashes.Any(wanted => hash.StartsWith(wanted, StringComparison.Ordinal));

    private delegate void Writing(ref MessagePackWriter writer);

    private static byte[] Head(Writing write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
