using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace FlowGen.CompilerServices;

/// <summary>An artifact of another flow under the name that it has in this one.</summary>
internal sealed class SubFlowArtifact : ArtifactDefinition
{
    private readonly ArtifactDefinition _artifact;

    [SetsRequiredMembers]
    public SubFlowArtifact(ArtifactDefinition artifact, string name)
    {
        _artifact = artifact;
        (Name, TypeName, Shareable, Nullable) = (name, artifact.TypeName, artifact.Shareable, artifact.Nullable);
    }

    internal override Type Type => _artifact.Type;

    public override void Encode(IBufferWriter<byte> output, object? value) => _artifact.Encode(output, value);

    public override object? Decode(in ReadOnlySequence<byte> content) => _artifact.Decode(content);
}
