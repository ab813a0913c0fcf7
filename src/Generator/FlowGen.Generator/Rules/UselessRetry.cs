using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0606: what a step is tried again on is not all taken away again.</summary>
internal static class UselessRetry
{
    public static void Check(StepDeclaration step, AttributeData retry, IReadOnlyList<INamedTypeSymbol>? on, IReadOnlyList<INamedTypeSymbol>? except, FlowContext context)
    {
        if (on is { Count: 0 })
        {
            context.Report(Descriptors.UselessRetry, retry.ArgumentPlace(0, "On"), step.Name, "On names no exception", "name one, or remove On to retry on all");
            return;
        }

        foreach (var excepted in except ?? [])
        {
            // An exception of which nothing is left: not one of the others may excuse it.
            var lost = on is null ? (excepted.Is(context.Known.Exception) ? excepted : null) : on.FirstOrDefault(type => type.DerivesFrom(excepted));
            if (lost is null) continue;
            var reason = on is null ? "Except names all exceptions" : $"On names '{lost.Shown()}' and Except names '{excepted.Shown()}'";
            context.Report(Descriptors.UselessRetry, retry.ArgumentPlace(0, "Except"), step.Name, reason + (on is null ? "" : ", which covers it"), "remove one of them");
            return;
        }
    }
}
