namespace FlowGen.CompilerServices;

/// <summary>What an <see cref="Artifact{T}"/> is made of.</summary>
internal sealed record ArtifactHandle(string Name, string Hash, long Size, Func<CancellationToken, ValueTask<object?>> Read);
