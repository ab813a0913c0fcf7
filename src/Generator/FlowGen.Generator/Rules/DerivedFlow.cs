using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0110: the generated members of both would hide each other.</summary>
internal static class DerivedFlow
{
    public static void Check(FlowContext context)
    {
        for (var type = context.Type.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Attribute(context.Known.Flow) is null) continue;
            context.Report(Descriptors.DerivedFlow, context.Type.Place(), [type.Place()], context.Type.Name, type.Name);
            return;
        }
    }
}
