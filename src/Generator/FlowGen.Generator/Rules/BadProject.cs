using System.Text.RegularExpressions;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0626: a project's name is a part of tags and keys.</summary>
internal static class BadProject
{
    private static readonly Regex Format = new(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z");

    public static string? Check(AttributeData project, FlowContext context)
    {
        if (project.Text(0) is not { } name) return null;
        if (name.Length <= 60 && Format.IsMatch(name)) return name;
        var proposal = Regex.Replace(Names.Kebab(name.Replace(' ', '-')), "[^a-z0-9]+", "-").Trim('-');
        context.Report(Descriptors.BadProject, project.ArgumentPlace(0), context.Type.Name, name, Format.IsMatch(proposal) && proposal.Length <= 60 ? proposal : "churn");
        return null;
    }
}
