namespace FlowGen.CompilerServices;

/// <summary>One input of a step that is bound to an artifact or a flow parameter. Services are not inputs.</summary>
/// <param name="Name">Name of the method's parameter.</param>
/// <param name="Shape">What the step receives.</param>
/// <param name="Kind">What <paramref name="Source"/> refers to.</param>
/// <param name="Source">Position of the artifact or parameter; for <see cref="InputShape.Item"/> that of the collection.</param>
/// <param name="Dimension">For <see cref="InputShape.Item"/>, the dimension iterated; otherwise -1.</param>
public sealed record InputDefinition(string Name, InputShape Shape, SourceKind Kind, int Source, int Dimension = -1);
