namespace FlowGen.CompilerServices;

/// <summary>Written by the generator: tells other assemblies which members of a flow's typed runs are its outputs. Not to be written by hand.</summary>
/// <param name="artifact">Name of the artifact.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlowOutputAttribute(string artifact) : Attribute
{
    /// <summary>Name of the artifact.</summary>
    public string Artifact { get; } = artifact;
}
