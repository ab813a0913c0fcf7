using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0109: generated code sets parameters only.</summary>
internal static class RequiredMember
{
    public static void Check(FlowContext context)
    {
        for (var type = context.Type; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is not (IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })) continue;
                if (member.Attribute(context.Known.Parameter) is null)
                    context.Report(Descriptors.RequiredMember, member.Place(), [],
                        Repair.Of(Repair.Mark, member is IPropertySymbol ? ["Parameter"] : []).And(Repair.Modifier, "required"), member.Name, context.Type.Name);
            }
        }
    }
}
