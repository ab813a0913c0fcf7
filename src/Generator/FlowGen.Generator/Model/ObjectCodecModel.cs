namespace FlowGen.Generator.Model;

/// <summary>A codec that is emitted for one of the user's types.</summary>
internal sealed record ObjectCodecModel(string Name);
