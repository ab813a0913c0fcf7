using System.Text.RegularExpressions;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0106: a flow's name is typed on command lines and used in keys of the store.</summary>
internal static class BadFlowName
{
    private static readonly Regex Format = new(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z");

    public static void Check(string name, FlowContext context)
    {
        if (name.Length <= 60 && Format.IsMatch(name)) return;
        var attribute = context.Type.Attribute(context.Known.Flow);
        var isExplicit = attribute?.Text(0) is not null;
        var proposal = Regex.Replace(Names.Kebab(name.Replace(' ', '-')), "[^a-z0-9]+", "-").Trim('-');
        proposal = proposal.Length > 60 ? proposal.Substring(0, 60).Trim('-') : proposal;
        var edit = Format.IsMatch(proposal) ? $"[Flow(\"{proposal}\")]" : "[Flow(\"my-flow\")]";
        var repairs = isExplicit && Format.IsMatch(proposal) ? Repair.Of(Repair.Text, $"\"{proposal}\"") : Repair.None;
        context.Report(Descriptors.BadFlowName, isExplicit ? attribute!.ArgumentPlace(0) : context.Type.Place(), [], repairs, context.Type.Name, name, edit);
    }
}
