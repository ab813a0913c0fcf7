using FlowGen.Generator.Emission;
using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the methods that are called when a run has ended, those of base classes first.</summary>
internal static class FinallyParser
{
    public static IEnumerable<FinallyModel> Parse(FlowContext context)
    {
        foreach (var (method, _) in MarkedMethods.Find(context, context.Known.Finally))
        {
            if (!BadFinally.Check(method, context)) continue;
            var call = (method.IsStatic ? method.ContainingType.FullName() : "flow") + "." + Code.Identifier(method.Name);
            yield return new FinallyModel(method.Name, call, method.Parameters.Select(parameter => Argument(parameter, context)!.Value).ToEquatable(), Result(method, context)!.Value);
        }
    }

    /// <summary>What a parameter receives; <c>null</c> if it is of no type that a run's end can give.</summary>
    public static FinallyArgument? Argument(IParameterSymbol parameter, FlowContext context) =>
        parameter.RefKind != RefKind.None ? null
        : parameter.Type.Is(context.Known.RunOutcome) ? FinallyArgument.Outcome
        : parameter.Type.Is(context.Known.Logger) ? FinallyArgument.Logger
        : parameter.Type.Is(context.Known.CancellationToken) ? FinallyArgument.CancellationToken
        : null;

    /// <summary>What a method returns; <c>null</c> if it is anything but nothing or a task of nothing.</summary>
    public static FinallyResult? Result(IMethodSymbol method, FlowContext context) =>
        method is { ReturnsVoid: true, IsAsync: false } ? FinallyResult.Nothing
        : !context.Known.IsTask(method.ReturnType) || method.ReturnType is INamedTypeSymbol { TypeArguments.Length: > 0 } ? null
        : method.ReturnType.IsValueType ? FinallyResult.ValueTask : FinallyResult.Task;
}
