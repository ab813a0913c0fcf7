using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0119: <c>Run</c>, <c>Runs</c> and <c>RunAsync</c> are generated.</summary>
internal static class ReservedMember
{
    public static void Check(IEnumerable<string> taken, FlowContext context)
    {
        foreach (var name in taken)
            context.Report(Descriptors.ReservedMember, context.Type.GetMembers(name)[0].Place(), name, context.Type.Name);
    }
}
