using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0119: <c>Run</c>, <c>Runs</c> and <c>RunAsync</c> are generated, so neither the flow nor a base class of it may declare them.</summary>
internal static class ReservedMember
{
    private static readonly string[] Generated = ["Run", "Runs", "RunAsync"];

    /// <returns>The generated members that cannot be written.</returns>
    public static IEnumerable<string> Check(FlowContext context)
    {
        foreach (var name in Generated)
        {
            if (Find(name, context) is not { } member) continue;
            if (member.ContainingType.Attribute(context.Known.Flow) is null || member.ContainingType.Is(context.Type))
                context.Report(Descriptors.ReservedMember, member.Place(), name, context.Type.Name);
            yield return name;
        }
        for (var type = context.Type.BaseType; type is not null; type = type.BaseType)
            if (type.Attribute(context.Known.Flow) is not null)
                foreach (var name in Generated) yield return name;
    }

    private static ISymbol? Find(string name, FlowContext context)
    {
        for (var type = context.Type; type is not null; type = type.BaseType)
            if (type.GetMembers(name).FirstOrDefault(member => !member.IsImplicitlyDeclared) is { } member) return member;
        return null;
    }
}
