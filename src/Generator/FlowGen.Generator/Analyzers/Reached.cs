using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Analyzers;

/// <summary>An operation that runs when a step runs.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Method">The method in whose body it stands.</param>
/// <param name="IsOnFlow">Whether <c>this</c> is the flow object there.</param>
/// <param name="Via">How the step gets there; <c>null</c> for its own body.</param>
internal readonly record struct Reached(IOperation Operation, IMethodSymbol Method, bool IsOnFlow, CallPath? Via);

/// <summary>The way from a step to a method that it calls.</summary>
/// <param name="Call">The first call, in the step itself.</param>
/// <param name="Methods">The methods on the way, such as <c>Prepare -> Count</c>.</param>
/// <param name="Depth">How many they are.</param>
internal sealed record CallPath(SyntaxNode Call, string Methods, int Depth);
