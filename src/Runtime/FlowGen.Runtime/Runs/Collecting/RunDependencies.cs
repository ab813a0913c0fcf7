using MessagePack;

namespace FlowGen.Runs;

/// <summary>The runs that a run reads although its log does not name what it reads of them: those that are values of its parameters (<see cref="FromRunAttribute"/>).</summary>
internal static class RunDependencies
{
    /// <summary>Any text that is the id of a run counts: better one too many.</summary>
    public static IEnumerable<RunKey> Of(RunManifest manifest) => manifest.Parameters.Select(static parameter => Read(parameter.Value)).OfType<RunKey>();

    private static RunKey? Read(ReadOnlyMemory<byte> value)
    {
        if (value.Length is 0 or > 1024) return null;
        var reader = new MessagePackReader(value);
        return reader.NextMessagePackType == MessagePackType.String && reader.ReadString() is { } text ? RunKey.Parse(text) : null;
    }
}
