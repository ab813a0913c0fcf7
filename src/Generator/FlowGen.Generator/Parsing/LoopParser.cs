using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads the loops of a flow whose inputs are bound.</summary>
internal static class LoopParser
{
    public static void Parse(FlowContext context)
    {
        foreach (var step in context.Steps.Where(step => step.IsCallable))
        {
            var carries = step.Inputs.Where(input => input.Kind == ArgumentKind.Carry).ToList();
            if (step.Attributed.Attribute(context.Known.Loop) is { } loop) step.Loop = Read(step, loop, carries, context);
            else foreach (var carry in carries) CarryWithoutLoop.Report(step, carry, context);
        }
    }

    private static LoopDeclaration? Read(StepDeclaration step, AttributeData loop, List<InputDeclaration> carries, FlowContext context)
    {
        var max = BadLoopMax.Check(step, loop, context);
        if (!LoopWithoutCarry.Check(step, loop, carries, context) || CarryTypeMismatch.Check(step, carries[0], context) is not { } output) return null;
        return BadLoopPredicate.Check(step, loop, output, context) is { } predicate && max is { } most
            ? new LoopDeclaration(most, loop.Named("StopAtMax") is true, output, predicate)
            : null;
    }

    /// <summary>Methods of a class and its bases that have a name, the most derived first.</summary>
    public static IEnumerable<IMethodSymbol> Predicates(INamedTypeSymbol flow, string name)
    {
        for (var type = flow; type is not null; type = type.BaseType)
            foreach (var method in type.GetMembers(name).OfType<IMethodSymbol>()) yield return method;
    }
}
