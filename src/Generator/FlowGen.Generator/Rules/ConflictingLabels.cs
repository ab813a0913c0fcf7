using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0315: the items of a collection have one name each, whichever step iterates it.</summary>
internal static class ConflictingLabels
{
    /// <summary>The label of a collection's items, if some step gives one.</summary>
    public static LabelModel? Check(SourceDeclaration dimension, FlowContext context)
    {
        var labelled = context.Steps.SelectMany(step => step.Inputs, (step, input) => (Step: step, Input: input))
            .Where(use => use.Input is { Kind: ArgumentKind.Item, Label: not null } && use.Input.Source == dimension).ToList();
        foreach (var use in labelled.Where(use => use.Input.Label!.Member != labelled[0].Input.Label!.Member))
            context.Report(Descriptors.ConflictingLabels, use.Input.Binding!.ArgumentPlace(0, "Label"), [labelled[0].Input.Binding!.ArgumentPlace(0, "Label")],
                use.Input.Parameter.Name, use.Step.Name, use.Input.Label!.Member, dimension.Name, labelled[0].Step.Name, labelled[0].Input.Label!.Member);
        return labelled.Select(use => use.Input.Label).FirstOrDefault();
    }
}
