using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>How a step repeats.</summary>
/// <param name="Max">The most iterations.</param>
/// <param name="StopAtMax">Whether it ends successfully there.</param>
/// <param name="Output">The artifact that is carried on.</param>
/// <param name="Predicate">The method that says whether to go on.</param>
internal sealed record LoopDeclaration(int Max, bool StopAtMax, ArtifactDeclaration Output, IMethodSymbol Predicate);
