using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Records that become one slot: encoded as they are appended, so that a record costs its bytes and nothing more.</summary>
internal sealed class LogGroup
{
    private readonly ArrayBufferWriter<byte> _records = new(4096);

    public GroupPacks Packs { get; } = new();

    public int Count { get; private set; }

    /// <summary>Number of the first and the last record.</summary>
    public long First { get; private set; }
    public long Last { get; private set; }

    public int RecordBytes => _records.WrittenCount;

    public long Bytes => _records.WrittenCount + Packs.Length;

    public void Add(RunRecord record, long sequence)
    {
        var writer = new MessagePackWriter(_records);
        RecordCodec.Write(ref writer, record, Packs);
        writer.Flush();
        if (Count++ == 0) First = sequence;
        Last = sequence;
    }

    /// <summary>The content of the slot: <c>[number, epoch, writer's id, [pack, generation, ...], [record, ...]]</c>.</summary>
    public byte[] Freeze(int number, int epoch, Guid writerId, Pack[] packs)
    {
        var content = new ArrayBufferWriter<byte>(_records.WrittenCount + 64 + packs.Length * 40);
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(5);
        writer.Write(number);
        writer.Write(epoch);
        writer.Write(writerId.ToByteArray());
        Wire.Write(ref writer, packs);
        writer.WriteArrayHeader(Count);
        writer.WriteRaw(_records.WrittenSpan);
        writer.Flush();
        return content.WrittenCount <= Envelope.MaxContent ? content.WrittenSpan.ToArray() : throw new FlowException(StoreErrors.Failed,
            $"A record of the run takes {content.WrittenCount / 1048576} MiB, but a slot of the log holds 8 MiB. Parameters and the number of outputs of one step must be smaller; pass large data as artifacts or input files.", StoreErrors.ExitCode);
    }
}
