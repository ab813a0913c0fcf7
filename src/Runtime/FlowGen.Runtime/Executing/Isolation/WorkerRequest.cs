using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.Executing.Isolation;

/// <summary>All that one attempt needs to know, but for its inputs.</summary>
internal sealed record WorkerRequest
{
    public required string Flow { get; init; }

    /// <summary>Where the program finds the flow: the name of the run's own, and those of the steps that are sub-flows, such as <c>churn/prepare</c>.</summary>
    public required string FlowPath { get; init; }
    public required string Step { get; init; }
    public required string RunId { get; init; }
    public required string TaskName { get; init; }
    public required TaskIndex Index { get; init; }
    public required int Attempt { get; init; }
    public required string IdempotencyKey { get; init; }
    public required ImmutableArray<string> Tags { get; init; }
    public required string TempDirectory { get; init; }

    /// <summary>Members of the step's gang; a run may have changed it.</summary>
    public required int Gang { get; init; }

    /// <summary>Encoded values of the parameters, by position.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Parameters { get; init; }

    /// <summary>By position, the text of a parameter that is a secret; otherwise <c>null</c>. The pipe is open to the same user only.</summary>
    public required IReadOnlyList<string?> Secrets { get; init; }

    /// <summary>Where everything is that does not come with the request, and in which generation of gc blobs are put there.</summary>
    public required string Store { get; init; }
    public required int Generation { get; init; }
    public required ImmutableArray<InputFileStored> Files { get; init; }

    public void Write(BinaryWriter writer)
    {
        foreach (var text in (ReadOnlySpan<string>)[Flow, Step, RunId, TaskName, IdempotencyKey, TempDirectory, Store, FlowPath]) writer.Write(text);
        writer.Write(Index);
        writer.Write(Attempt);
        writer.Write(Gang);
        writer.Write(Generation);
        writer.Write(Tags.Length);
        foreach (var tag in Tags) writer.Write(tag);
        writer.Write(Parameters.Count);
        foreach (var parameter in Parameters) writer.WriteBytes(parameter.Span);
        foreach (var secret in Secrets)
        {
            writer.Write(secret is not null);
            if (secret is not null) writer.Write(secret);
        }
        writer.Write(Files.Length);
        foreach (var file in Files)
        {
            writer.Write(file.Parameter);
            writer.Write(file.Position);
            writer.Write(file.Content);
        }
    }

    public static WorkerRequest Read(BinaryReader reader)
    {
        var texts = new string[8];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
        var (index, attempt, gang, generation) = (reader.ReadIndex(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var tags = reader.ReadMany(static r => r.ReadString());
        var parameters = reader.ReadMany(static r => (ReadOnlyMemory<byte>)r.ReadByteArray());
        return new WorkerRequest
        {
            Flow = texts[0],
            Step = texts[1],
            RunId = texts[2],
            TaskName = texts[3],
            IdempotencyKey = texts[4],
            TempDirectory = texts[5],
            Store = texts[6],
            FlowPath = texts[7],
            Index = index,
            Attempt = attempt,
            Gang = gang,
            Generation = generation,
            Tags = [.. tags],
            Parameters = parameters,
            Secrets = [.. parameters.Select(_ => reader.ReadBoolean() ? reader.ReadString() : null)],
            Files = [.. reader.ReadMany(static r => new InputFileStored(r.ReadInt32(), r.ReadInt32(), r.ReadValue()))],
        };
    }
}
