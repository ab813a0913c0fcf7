using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0103: another part of a nested class needs partial, non-generic types around it.</summary>
internal static class NestedInClosedType
{
    public static bool Check(FlowContext context)
    {
        for (var outer = context.Type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            var (found, edit) = outer.TypeParameters.Length > 0 ? ("generic", $"move '{context.Type.Name}' out of it")
                : !FlowTypeParser.IsPartial(outer) ? ("not partial", $"add 'partial' to '{outer.Name}'")
                : ("", "");
            if (found.Length == 0) continue;
            context.Report(Descriptors.NestedInClosedType, context.Type.Place(), [outer.Place()], context.Type.Name, outer.Name, found, edit);
            return false;
        }
        return true;
    }
}
