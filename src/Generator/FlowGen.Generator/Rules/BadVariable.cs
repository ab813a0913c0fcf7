using System.Text.RegularExpressions;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0611: names of environment variables that every system and shell accepts.</summary>
internal static class BadVariable
{
    private static readonly Regex Format = new(@"\A[A-Za-z_][A-Za-z0-9_]*\z");

    public static bool Check(StepDeclaration step, AttributeData attribute, string name, string value, FlowContext context)
    {
        if (!Format.IsMatch(name))
            context.Report(Descriptors.BadVariable, attribute.ArgumentPlace(0), step.Name, name, "expected a name of letters, digits and underscores that does not start with a digit");
        else if (value.Contains('\0'))
            context.Report(Descriptors.BadVariable, attribute.ArgumentPlace(1), step.Name, name, "but its value has a zero character, which no environment can hold");
        else return true;
        return false;
    }
}
