using FlowGen.CompilerServices;

namespace FlowGen.Executing;

/// <summary>What the runtime knows of an <see cref="Artifact{T}"/>, whatever its type.</summary>
internal interface IRunArtifact
{
    /// <summary>Of the result of another run, that run as it was named; <c>null</c> for an input of this run.</summary>
    string? Run { get; }

    /// <summary>The same, now that it is found.</summary>
    object Found(string run, ArtifactHandle handle);
}
