using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The header of a run's index (H7): what listings and <c>status</c> show, and which tasks are in which part. The manifest stays in slot 0.</summary>
/// <param name="Run">Whose index it is.</param>
/// <param name="Slots">Number of slots that it covers: all of the log.</param>
/// <param name="End">The final record.</param>
/// <param name="Expanded">As in <see cref="RunOverview"/>.</param>
/// <param name="Totals">As in <see cref="RunOverview"/>.</param>
/// <param name="Shown">As in <see cref="RunOverview"/>.</param>
/// <param name="Parts">The parts, by number.</param>
internal sealed record IndexHeader(
    RunKey Run, int Slots, RunFinished End, ImmutableArray<bool> Expanded, ImmutableArray<ImmutableArray<int>> Totals, ImmutableArray<TaskState> Shown, ImmutableArray<IndexPartEntry> Parts)
{
    /// <summary>A header is one cheap read. A run whose header would be larger has no index.</summary>
    public const int MaxContent = 64 * 1024 - Envelope.Overhead;

    /// <summary>The overview of the run; the manifest comes from slot 0.</summary>
    /// <exception cref="FormatException">It does not fit to the graph.</exception>
    public RunOverview Overview(RunManifest manifest)
    {
        var graph = manifest.Graph;
        var steps = graph.AllSteps().Count();
        var fits = Expanded.Length == steps
            && Totals.Length == steps
            && Totals.All(t => t.Length == RunOverview.States)
            && Shown.All(t => graph.Has(t.Address) && (t.BlockedBy is not { } cause || graph.Has(cause)) && (t.Skipped is not { } reason || graph.GraphOf(t.Address).Knows(reason)))
            && Enumerable.Range(0, graph.Steps.Length).All(step => !graph.Steps[step].Scope.IsEmpty || Shown.Any(t => t.Address.Outer is null && t.Address.Step == step));
        if (!fits) throw new FormatException("it does not fit to the graph of the run");
        return new RunOverview(new RunSummary(manifest, End.Status, End.Finished, End.Duration, End.Reason), Expanded, Totals, Shown);
    }

    public byte[] Encode()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(7);
        writer.Write(Run.ToString());
        writer.Write(Slots);
        RecordCodec.Write(ref writer, End, new GroupPacks());
        writer.WriteArrayHeader(Expanded.Length);
        foreach (var step in Expanded) writer.Write(step);
        writer.WriteArrayHeader(Totals.Length);
        foreach (var step in Totals)
        {
            writer.WriteArrayHeader(step.Length);
            foreach (var count in step) writer.Write(count);
        }
        writer.WriteArrayHeader(Shown.Length);
        foreach (var task in Shown) IndexCells.WriteShown(ref writer, task);
        writer.WriteArrayHeader(Parts.Length);
        foreach (var part in Parts) part.Write(ref writer);
        writer.Flush();
        return content.WrittenSpan.ToArray();
    }

    public static IndexHeader Read(string store, RunKey run, byte[] bytes)
    {
        var key = IndexKeys.Header(run);
        var header = Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Index, bytes), Decode);
        return header.Run == run ? header : throw StoreErrors.DamagedObject(store, key, $"it belongs to the run {header.Run}");
    }

    private static IndexHeader Decode(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 7);
        return new IndexHeader(
            RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed"),
            Wire.ReadIndex(ref reader),
            RecordCodec.Read(ref reader, []) as RunFinished ?? throw new FormatException("its record is not the final one"),
            Wire.ReadArray(ref reader, static (ref r) => r.ReadBoolean()),
            Wire.ReadArray(ref reader, static (ref r) => Wire.ReadArray(ref r, Wire.ReadIndex)),
            Wire.ReadArray(ref reader, IndexCells.ReadShown),
            Wire.ReadArray(ref reader, IndexPartEntry.Read));
    }
}
