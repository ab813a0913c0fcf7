using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FlowGen.Generator.Analyzers;

/// <summary>Which values hold the content of a <c>Secret&lt;T&gt;</c>: what it reveals, and what is made of that by copying.</summary>
internal static class Secrets
{
    private const int MaxSteps = 16;

    public static bool IsIn(IOperation? value, UsageTypes types, int steps = 0)
    {
        if (value is null || steps > MaxSteps) return false;
        bool Is(IOperation? part) => IsIn(part, types, steps + 1);
        bool IsAny(IEnumerable<IOperation> parts) => parts.Any(Is);
        return value switch
        {
            IInvocationOperation call => Reveals(call, types) || Copies(call, Is, IsAny),
            IPropertyReferenceOperation => false,
            ILocalReferenceOperation local => Is(Initializer(local)),
            IConversionOperation conversion => Is(conversion.Operand),
            IParenthesizedOperation inner => Is(inner.Operand),
            IAwaitOperation wait => Is(wait.Operation),
            IBinaryOperation { Type.SpecialType: SpecialType.System_String } sum => Is(sum.LeftOperand) || Is(sum.RightOperand),
            IInterpolatedStringOperation text => IsAny(text.Parts.OfType<IInterpolationOperation>().Select(part => part.Expression)),
            ICoalesceOperation choice => Is(choice.Value) || Is(choice.WhenNull),
            IConditionalOperation choice => Is(choice.WhenTrue) || Is(choice.WhenFalse),
            ITupleOperation tuple => IsAny(tuple.Elements),
            IArrayCreationOperation { Initializer: { } items } => IsAny(items.ElementValues),
            ICollectionExpressionOperation items => IsAny(items.Elements),
            IObjectCreationOperation made => IsAny(made.Arguments.Select(argument => argument.Value)) || (made.Initializer is { } set && IsAny(set.Initializers)),
            ISimpleAssignmentOperation assignment => Is(assignment.Value),
            _ => false,
        };
    }

    private static bool Reveals(IInvocationOperation call, UsageTypes types) =>
        call.TargetMethod.Name == "Reveal" && types.Secret is not null && call.TargetMethod.ContainingType.OriginalDefinition.Is(types.Secret);

    /// <summary>Text made of a secret text is secret too; what a library makes of it, such as a hash, is that library's affair.</summary>
    private static bool Copies(IInvocationOperation call, Func<IOperation?, bool> isSecret, Func<IEnumerable<IOperation>, bool> isAnySecret)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.SpecialType == SpecialType.System_String)
            return call.Type?.SpecialType == SpecialType.System_String && (isSecret(call.Instance) || isAnySecret(call.Arguments.Select(argument => argument.Value)));
        return method.Name == "ToString" && isSecret(call.Instance)
            || method.Name == "FromResult" && isAnySecret(call.Arguments.Select(argument => argument.Value));
    }

    private static IOperation? Initializer(ILocalReferenceOperation local) =>
        local.Local.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == local.Syntax.SyntaxTree
            && local.SemanticModel?.GetOperation(declared.GetSyntax()) is IVariableDeclaratorOperation declarator
                ? declarator.GetVariableInitializer()?.Value
                : null;
}
