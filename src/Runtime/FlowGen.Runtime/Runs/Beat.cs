using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>A driver's sign of life (H1): <c>[epoch, counter, generation, driver]</c>, the only object that is ever replaced. It serves liveness, never safety.</summary>
internal sealed record Beat(int Epoch, long Counter, int Generation, DriverProcess Driver)
{
    private const string Setting = "FLOWGEN_HEARTBEAT_LIMIT";

    private static readonly Lazy<TimeSpan> s_limit = new(() => ReadLimit(Environment.GetEnvironmentVariable(Setting)));

    /// <summary>A driver that has not beaten for so long is taken for gone: a minute, unless the environment says otherwise.</summary>
    public static TimeSpan Limit => s_limit.Value;

    public static TimeSpan Interval => Limit / 4;

    public static string Key(RunKey run) => run.Prefix + "beat";

    public ReadOnlySequence<byte> Wrap()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(8);
        writer.Write(Epoch);
        writer.Write(Counter);
        writer.Write(Generation);
        writer.Write(Driver.Host);
        writer.Write(Driver.Boot);
        writer.Write(Driver.ProcessId);
        writer.Write(Driver.ProcessStart);
        writer.Write(Driver.Store);
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Beat, content.WrittenMemory);
    }

    public static Beat Read(string store, string key, byte[] bytes) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Beat, bytes), Read);

    private static Beat Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 8);
        return new Beat(Wire.ReadIndex(ref reader), reader.ReadInt64(), Wire.ReadIndex(ref reader),
            new DriverProcess(Wire.ReadString(ref reader), Wire.ReadString(ref reader), reader.ReadInt32(), reader.ReadInt64(), Wire.ReadString(ref reader)));
    }

    internal static TimeSpan ReadLimit(string? text)
    {
        if (string.IsNullOrEmpty(text)) return TimeSpan.FromMinutes(1);
        try
        {
            if (Duration.Parse(text) is var limit && limit >= TimeSpan.FromSeconds(1) && limit <= TimeSpan.FromHours(1)) return limit;
        }
        catch (FormatException)
        {
            // Told below.
        }

        throw new FlowException(StoreErrors.BadHeartbeat, $"The environment variable {Setting} is '{text}', which is no duration from 1s to 1h. Set it to one, the same for all who use the store, or remove it.", StoreErrors.ExitCode);
    }
}
