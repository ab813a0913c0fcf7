using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// What people ask of whoever drives a run (C7): <c>requests/&lt;n&gt;</c>, n = 0, 1, 2, ..., holds <c>[what, user, time, random id]</c>. They stay with the run, so a driver that comes later hears them too.
/// </summary>
internal static class RunRequests
{
    public const string Cancel = "cancel";

    public static DenseLog Log(IObjectStore objects, RunKey run) => new(objects, run.Prefix + "requests/");

    /// <summary>Asks that the run be stopped.</summary>
    public static async ValueTask CancelAsync(IObjectStore objects, RunKey run, string user, DateTimeOffset at, CancellationToken cancel)
    {
        var content = Encode(user, at);
        var log = Log(objects, run);
        for (var n = await log.CountAsync(cancel); !await log.TryPutAsync(n, content, cancel); n++) { }
    }

    /// <summary>What is asked in a request; <c>null</c> if there is none of that number.</summary>
    public static async ValueTask<string?> ReadAsync(IObjectStore objects, RunKey run, int number, CancellationToken cancel)
    {
        var key = Log(objects, run).Key(number);
        if (await objects.GetAsync(key, cancel) is not { } bytes) return null;
        return Wire.Read(objects.Location, key, Envelope.Open(objects.Location, key, ObjectKind.Request, bytes), static (ref reader) =>
        {
            Wire.Array(ref reader, 4);
            var what = Wire.ReadString(ref reader);
            Wire.ReadString(ref reader);
            Wire.ReadTime(ref reader);
            Wire.ReadGuid(ref reader);
            return what;
        });
    }

    private static ReadOnlySequence<byte> Encode(string user, DateTimeOffset at)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(4);
        writer.Write(Cancel);
        writer.Write(user);
        Wire.Write(ref writer, at);
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Request, content.WrittenMemory);
    }
}
