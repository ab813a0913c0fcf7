using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Rules;

/// <summary>FG0709: a constant initializer that the parameter's own attributes rule out. Others are checked when a run starts.</summary>
internal static class BadDefault
{
    public static void Check(ParameterDeclaration parameter, IReadOnlyList<ParsedCheck> checks, FlowContext context)
    {
        if (checks.Count == 0 || parameter.Property.Syntax<PropertyDeclarationSyntax>()?.Initializer?.Value is not { } initializer) return;
        // A default that is not written, or written as 'default!', stands for none: the value must be given.
        if (initializer is PostfixUnaryExpressionSyntax { Operand: var forgiven }) initializer = forgiven;
        if (initializer.IsKind(SyntaxKind.DefaultLiteralExpression)) return;
        if (!context.Compilation.ContainsSyntaxTree(initializer.SyntaxTree)) return;
        if (context.Compilation.GetSemanticModel(initializer.SyntaxTree).GetConstantValue(initializer) is not { HasValue: true, Value: { } value }) return;
        if (checks.FirstOrDefault(check => check.IsWrong(value)) is { } wrong)
            context.Report(Descriptors.BadDefault, initializer.GetLocation(), parameter.Name, initializer.ToString(), wrong.Model.Message, wrong.Attribute);
    }
}
