using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0101: another part cannot be added to the class.</summary>
internal static class MissingPartial
{
    public static bool Check(FlowContext context)
    {
        if (FlowTypeParser.IsPartial(context.Type)) return true;
        context.Report(Descriptors.MissingPartial, context.Type.Place(), context.Type.Name);
        return false;
    }
}
