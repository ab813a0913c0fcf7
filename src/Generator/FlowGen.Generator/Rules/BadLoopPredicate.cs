using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0415: a method of the flow says of each result whether to go on.</summary>
internal static class BadLoopPredicate
{
    public static IMethodSymbol? Check(StepDeclaration step, AttributeData loop, ArtifactDeclaration output, FlowContext context)
    {
        if (loop.ConstructorArguments.IsEmpty) return null;
        var name = loop.Text(0) ?? "null";
        var candidates = LoopParser.Predicates(context.Type, name).ToList();
        if (candidates.FirstOrDefault(method => Mistake(method, output, context) is null) is { } predicate) return predicate;

        var wanted = $"bool {(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(loop.Text(0) ?? "") ? name : "KeepGoing")}({output.Type.Shown()} {Parameter(output)})";
        var (found, edit) = candidates is [var method, ..] ? Mistake(method, output, context)!.Value : ("which is no method of the flow", "");
        var near = candidates.Count == 0 ? Near(name, context) : null;
        if (edit.Length == 0) edit = near is null ? $"write '{wanted}'" : $"did you mean '{near}'?";
        context.Report(Descriptors.BadLoopPredicate, loop.ArgumentPlace(0), candidates.Select(candidate => candidate.Place()), near is null ? Repair.None : Repair.Of(Repair.Text, $"nameof({near})"), step.Name, name, found, edit);
        return null;
    }

    /// <summary>What is wrong with a method, and what to do other than to write it as it should be.</summary>
    private static (string Found, string Edit)? Mistake(IMethodSymbol method, ArtifactDeclaration output, FlowContext context) => method switch
    {
        _ when !context.Compilation.IsSymbolAccessibleWithin(method, context.Type) => ($"which the flow cannot call in '{method.ContainingType.Name}'", "make it protected"),
        _ when method.Attribute(context.Known.Step) is not null => ("which is a step itself", "write a method without [Step]"),
        { IsGenericMethod: true } => ("which is generic", ""),
        { ReturnType.SpecialType: not SpecialType.System_Boolean } => ($"which returns '{method.ReturnType.Shown()}', expected 'bool'", ""),
        { Parameters: not [{ RefKind: RefKind.None, IsParams: false }] } => ("which does not take exactly one value", ""),
        { Parameters: [{ Type: var type }] } when Conversions.Check(context.Compilation, output.Type, type) != Fit.Fits => ($"which takes '{type.Shown()}', expected '{output.Type.Shown()}'", ""),
        _ => null,
    };

    private static string? Near(string name, FlowContext context)
    {
        var methods = context.Type.GetMembers().OfType<IMethodSymbol>().Where(method => method is { MethodKind: MethodKind.Ordinary, ReturnType.SpecialType: SpecialType.System_Boolean });
        return Spelling.Close(name, methods.Select(method => method.Name)).FirstOrDefault();
    }

    private static string Parameter(ArtifactDeclaration output) => Emission.Code.Identifier(output.Name);
}
