using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Emission;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Rules;

/// <summary>FG0119: <c>Run</c>, <c>Runs</c> and <c>RunAsync</c> are generated, so neither the flow nor a base class of it may declare them, and no type of that name can be meant in it.</summary>
internal static class ReservedMember
{
    private static readonly string[] Generated = ["Run", "Runs", "RunAsync", Code.NestedType];

    /// <returns>The generated members that cannot be written.</returns>
    public static IEnumerable<string> Check(FlowContext context)
    {
        var type = context.Type;
        foreach (var name in Generated)
        {
            if (type.Name == name)
            {
                context.Report(Descriptors.ReservedMember, type.Place(), $"flow '{name}'", "rename it, such as to 'TrainingFlow'");
                yield return name;
            }
            else if (Find(name, context) is { } member)
            {
                if (member.ContainingType.Attribute(context.Known.Flow) is null || member.ContainingType.Is(type))
                    context.Report(Descriptors.ReservedMember, member.Place(), $"member '{name}' of flow '{type.Name}'", "rename it");
                yield return name;
            }
        }

        if (TypeNamedRun(type) is { } meant)
        {
            context.Report(Descriptors.ReservedMember, meant.GetLocation(), $"type 'Run', which a member of flow '{type.Name}' names,", "rename it, or write its namespace before it");
            yield return "Run";
        }

        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            if (ancestor.Attribute(context.Known.Flow) is not null)
                foreach (var name in Generated) yield return name;
    }

    private static ISymbol? Find(string name, FlowContext context)
    {
        for (var type = context.Type; type is not null; type = type.BaseType)
            if (type.GetMembers(name).FirstOrDefault(member => !member.IsImplicitlyDeclared) is { } member) return member;
        return null;
    }

    /// <summary>A type named Run in the signature of a member: it would become the generated class.</summary>
    private static SimpleNameSyntax? TypeNamedRun(INamedTypeSymbol type) => type.GetMembers()
        .SelectMany(member => member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()))
        .SelectMany(Types)
        .SelectMany(written => written.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        .FirstOrDefault(name => name is { Identifier.ValueText: "Run", Arity: 0, Parent: not (QualifiedNameSyntax or AliasQualifiedNameSyntax) });

    private static IEnumerable<TypeSyntax> Types(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.ParameterList.Parameters.Select(parameter => parameter.Type!).Where(type => type is not null).Prepend(method.ReturnType),
        PropertyDeclarationSyntax property => [property.Type],
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var field } } => [field],
        _ => [],
    };
}
