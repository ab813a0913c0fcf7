using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>A resource that each process opens once: steps take it as they take a parameter, but it has no codec and is never stored.</summary>
/// <param name="name">Its name.</param>
/// <param name="method">The method that opens it.</param>
/// <param name="attributed">The method that carries its attributes: the same, or one that it overrides.</param>
/// <param name="returns">How the result comes.</param>
/// <param name="type">Its type.</param>
internal sealed class ResourceDeclaration(string name, IMethodSymbol method, IMethodSymbol attributed, ReturnShape returns, ITypeSymbol type) : SourceDeclaration(name, type, method.Place())
{
    public IMethodSymbol Method { get; } = method;

    public IMethodSymbol Attributed { get; } = attributed;

    public ReturnShape Returns { get; } = returns;

    public List<InputDeclaration> Inputs { get; } = [];

    public override string Description => $"resource '{Name}'";

    public override string Reference => $"nameof({Method.Name})";
}
