using FlowGen.Generator.Model;

namespace FlowGen.Generator.Parsing;

/// <summary>Summaries of a flow and its members. They travel beside the compilation, because comparing declarations ignores comments.</summary>
/// <param name="Flow">Summary of the class, if any.</param>
/// <param name="Members">Summaries of members that have one.</param>
internal sealed record DocTexts(string? Flow, EquatableArray<DocText> Members)
{
    public string? Of(string member) => Members.FirstOrDefault(text => text.Member == member).Summary;
}

/// <summary>Summary of a member.</summary>
internal readonly record struct DocText(string Member, string Summary);

/// <summary>What attribute discovery yields: which class, and what its comments say.</summary>
/// <param name="MetadataName">Identity of the class in the compilation.</param>
/// <param name="Docs">Its documentation.</param>
/// <param name="FileName">Name of the generated file, unique ignoring case.</param>
internal sealed record FlowDeclaration(string MetadataName, DocTexts Docs, string FileName = "");
