using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Says that a run may carry a tag, or that a tag was moved to it: <c>[tag, run, moves, 16 random bytes]</c>. Only the log of the run says whether it does.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Run">The run.</param>
/// <param name="Moves">How often the tag had been moved in the flow by then.</param>
internal readonly record struct TagCarrier(string Tag, RunKey Run, int Moves)
{
    public ReadOnlySequence<byte> Wrap()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(4);
        writer.Write(Tag);
        writer.Write(Run.ToString());
        writer.Write(Moves);
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Tag, content.WrittenMemory);
    }

    public static TagCarrier Read(string store, string key, byte[] bytes) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Tag, bytes), Read);

    private static TagCarrier Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 4);
        var carrier = new TagCarrier(Wire.ReadString(ref reader), RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed"), Wire.ReadIndex(ref reader));
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        return carrier;
    }
}
