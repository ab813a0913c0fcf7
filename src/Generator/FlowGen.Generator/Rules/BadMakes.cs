using Microsoft.CodeAnalysis.CSharp;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0118: <c>Makes</c> names one artifact of a step that returns one.</summary>
internal static class BadMakes
{
    public static bool Check(StepDeclaration step, AttributeData attribute, string makes, FlowContext context)
    {
        var (found, edit) = step.Result is null ? ("but returns nothing", "return a value, or remove Makes")
            : !SyntaxFacts.IsValidIdentifier(makes) ? ("which is no identifier", "write letters and digits, such as \"table\"")
            : ("", "");
        if (found.Length == 0) return true;
        context.Report(Descriptors.BadMakes, attribute.ArgumentPlace(0, "Makes"), step.Name, makes, found, edit);
        return false;
    }
}
