using System.Collections.Immutable;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>A part of an index as it was read: <c>[run, number, [record, ...], rows, columns]</c>.</summary>
/// <param name="Facts">Records that are not about a single task.</param>
/// <param name="Rows">Tasks by step, index and iteration.</param>
internal sealed record IndexPart(ImmutableArray<RunRecord> Facts, IndexRow[] Rows)
{
    public static IndexPart Read(string store, IndexHeader header, int number, byte[] bytes)
    {
        var key = IndexKeys.Part(header.Run, number);
        return Wire.Read(store, key, Compression.Open(store, key, ObjectKind.IndexPart, bytes), (ref reader) =>
        {
            Wire.Array(ref reader, 5);
            if (Wire.ReadString(ref reader) != header.Run.ToString() || reader.ReadInt32() != number) throw new FormatException("it is another part");
            var facts = Wire.ReadArray(ref reader, static (ref r) => RecordCodec.Read(ref r, []));
            if (facts.Any(fact => !IsFact(fact))) throw new FormatException("a record does not belong into an index");
            var (entry, rows) = (header.Parts[number], Wire.ReadIndex(ref reader));
            if (facts.Length != entry.Facts || rows != entry.Rows) throw new FormatException("it is not the part that the index names");
            var part = new IndexPart(facts, IndexColumns.Read(ref reader, rows));
            return rows == 0 || part.Rows[0].Address == entry.First ? part : throw new FormatException("it is not the part that the index names");
        });
    }

    /// <summary>Whether a record is about more than one task and less than the whole run.</summary>
    public static bool IsFact(RunRecord record) => record is InSubFlow inner ? inner.Record is SubFlowOpened || IsFact(inner.Record) : record is DimensionSized or TasksBlocked or TasksSkipped or LogsWritten or InputFileStored or CodeDescribed
        or RunSubmitted or SliceDispatched or ProposalsRead or SliceEnded;
}
