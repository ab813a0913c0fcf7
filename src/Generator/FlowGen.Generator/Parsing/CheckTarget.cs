using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What carries a validation attribute: a parameter, or a member of what a parameter is made of.</summary>
/// <param name="Name">Such as <c>settings.layers.width</c>.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct CheckTarget(string Name, ITypeSymbol Type);
