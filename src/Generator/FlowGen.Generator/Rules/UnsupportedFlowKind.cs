using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0102: abstract, static, generic, record and file-local classes cannot be run.</summary>
internal static class UnsupportedFlowKind
{
    /// <returns>Whether another part of the class can be written all the same.</returns>
    public static bool Check(FlowContext context)
    {
        var type = context.Type;
        var (found, edit, keyword) = type switch
        {
            { IsStatic: true } => ("static", "remove 'static'", "static"),
            { IsAbstract: true } => ("abstract", "remove 'abstract', or move [Flow] to a class that derives from it", "abstract"),
            { IsRecord: true } => ("a record", "make it a class", ""),
            { IsFileLocal: true } => ("local to its file", "remove 'file'", "file"),
            { TypeParameters.Length: > 0 } => ("generic", "remove its type parameters, or derive a flow from it", ""),
            _ => ("", "", ""),
        };
        if (found.Length > 0)
            context.Report(Descriptors.UnsupportedFlowKind, type.Place(), [], Repair.Of(Repair.Modifier, keyword.Length > 0 ? [keyword] : []), type.Name, found, edit);
        return type is { IsStatic: false, IsFileLocal: false, TypeParameters.Length: 0 };
    }
}
