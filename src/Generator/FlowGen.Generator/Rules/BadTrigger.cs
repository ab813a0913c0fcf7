using System.Text.RegularExpressions;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0624: names of events travel in paths and messages.</summary>
internal static class BadTrigger
{
    private static readonly Regex Format = new(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,99}\z");

    public static string? Check(AttributeData trigger, FlowContext context)
    {
        if (trigger.Text(0) is not { } name) return null;
        if (Format.IsMatch(name)) return name;
        context.Report(Descriptors.BadTrigger, trigger.ArgumentPlace(0), context.Type.Name, name);
        return null;
    }
}
