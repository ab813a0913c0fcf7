using System.Buffers;
using System.Collections.Immutable;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;
using MessagePack;

namespace Storage.Tests;

/// <summary>Small things that many tests need.</summary>
internal static class Samples
{
    /// <summary>load -> fit (for each row) -> pick.</summary>
    public static GraphDescription Graph { get; } = new("sample", "A sample.",
        [new GraphParameter("rows", "int", "10", false, null)],
        [new GraphArtifact("rows", "int[]", 0), new GraphArtifact("score", "double", 1), new GraphArtifact("best", "double", 2)],
        [new GraphDimension("rows", SourceKind.Artifact, 0)],
        [
            new GraphStep("load", null, [], [new InputDefinition("n", InputShape.Value, SourceKind.Parameter, 0)], 0, 1, [], 0, null),
            new GraphStep("fit", "Fits.", [0], [new InputDefinition("row", InputShape.Item, SourceKind.Artifact, 0, 0)], 1, 1, [], 2, TimeSpan.FromMinutes(1)),
            new GraphStep("pick", null, [], [new InputDefinition("scores", InputShape.Gather, SourceKind.Artifact, 1)], 2, 1, [new AfterDefinition(1)], 0, null),
        ]);

    /// <summary>
    /// days -> hours (for each day) -> score (for each day and hour), cross (for each day and region, a parameter), improve (a loop for each day and hour), publish (when ok).
    /// </summary>
    public static GraphDescription Nested { get; } = new("sample", null,
        [new GraphParameter("regions", "string[]", null, true, null)],
        [new GraphArtifact("days", "int[]", 0), new GraphArtifact("hours", "int[]", 1), new GraphArtifact("score", "double", 2), new GraphArtifact("cross", "double", 3), new GraphArtifact("improve", "double", 4), new GraphArtifact("ok", "bool", 5)],
        [new GraphDimension("days", SourceKind.Artifact, 0, IsLabelled: true), new GraphDimension("hours", SourceKind.Artifact, 1), new GraphDimension("regions", SourceKind.Parameter, 0)],
        [
            new GraphStep("days", null, [], [], 0, 1, [], 0, null),
            new GraphStep("hours", null, [0], [new InputDefinition("day", InputShape.Item, SourceKind.Artifact, 0, 0)], 1, 1, [], 0, null) { Contained = true },
            new GraphStep("score", null, [0, 1], [new InputDefinition("hour", InputShape.Item, SourceKind.Artifact, 1, 1)], 2, 1, [], 2, null),
            new GraphStep("cross", null, [0, 2], [new InputDefinition("score", InputShape.Gather, SourceKind.Artifact, 2) { Wrap = InputWrap.Outcome, MinSuccess = 0.5, IsStream = true }], 3, 1, [], 0, null),
            new GraphStep("improve", null, [0, 1], [new InputDefinition("score", InputShape.Carry, SourceKind.Artifact, 2)], 4, 1, [], 0, null) { Loop = new GraphLoop(10, true, 0) },
            new GraphStep("ok", null, [], [new InputDefinition("x", InputShape.OneOf, SourceKind.Artifact, 2) { Alternatives = [2, 3] }], 5, 1, [], 0, null),
            new GraphStep("publish", null, [], [], 6, 0, [new AfterDefinition(5, Always: true)], 0, null) { Guard = [new GuardDefinition(0, [true, false]) { IsInherited = true }] },
        ])
    {
        Decisions = [new GraphDecision("ok", SourceKind.Artifact, 5, ["true", "false"], true)],
    };

    public static RunManifest Manifest(DateTimeOffset? created = null, string flow = "sample") => new()
    {
        Run = RunKey.Create(flow, created ?? TimeProvider.System.GetUtcNow()),
        Created = created ?? TimeProvider.System.GetUtcNow(),
        User = "ada",
        Host = "here",
        Tags = ["a", "b"],
        Graph = Graph,
        Parameters = [new RecordedParameter("rows", "int", new byte[] { 10 })],
        RuntimeVersion = "10.0",
        FlowGenVersion = "0.1",
        Packages = ImmutableSortedDictionary<string, string>.Empty.Add("MessagePack", "2.5"),
    };

    public static TaskSucceeded Success(int step, int index, params byte[][] outputs) =>
        new(new TaskAddress(step, index < 0 ? default : (TaskIndex)index), 1, 7, DateTimeOffset.UnixEpoch.AddDays(20_000), TimeSpan.FromMilliseconds(5), [.. outputs.Select(StoredValue.Of)]);

    public static RunFinished End(RunStatus status = RunStatus.Succeeded, string? reason = null) =>
        new(status, DateTimeOffset.UnixEpoch.AddDays(20_000), TimeSpan.FromSeconds(1), reason);

    public static ReadOnlySequence<byte> Bytes(params byte[] content) => new(content);

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source)
    {
        var list = new List<T>();
        await foreach (var item in source) list.Add(item);
        return list;
    }

    public static ValueTask<RunStore> OpenAsync(IObjectStore objects, TimeProvider? time = null) => RunStore.OpenAsync(objects, true, time ?? TimeProvider.System, default);

    public static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

/// <summary>A folder that is removed with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "flowgen-" + Guid.NewGuid().ToString("n"));

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}

/// <summary>Arrays of bytes as a MessagePack binary.</summary>
internal sealed class BinaryArtifact : ArtifactDefinition
{
    public static BinaryArtifact Instance { get; } = new() { Name = "data", TypeName = "byte[]", Shareable = true };

    public override void Encode(IBufferWriter<byte> output, object? value)
    {
        var writer = new MessagePackWriter(output);
        writer.Write((byte[])value!);
        writer.Flush();
    }

    public override object? Decode(in ReadOnlySequence<byte> content)
    {
        var reader = new MessagePackReader(content);
        return reader.ReadBytes()!.Value.ToArray();
    }
}
