using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0407: whoever tells two values apart has probably thought of all. A single <c>[When]</c> is an <c>if</c>, however many values it names.</summary>
internal static class UncoveredValues
{
    public static void Check(DecisionDeclaration decision, FlowContext context)
    {
        var mentioned = decision.Mentioned.OrderBy(value => value).ToList();
        var branches = decision.Conditions.Select(condition => condition.Values is { } values ? string.Join(" ", values.OrderBy(value => value)) : null).Distinct().ToList();
        if (branches.Count < 2 || branches.Contains(null) || mentioned.Count == decision.Size) return;
        var missing = Enumerable.Range(0, decision.Size).Except(mentioned).ToList();
        var uncovered = missing.Select(decision.Shown);
        var cases = missing.Where(value => value < decision.Values.Count).Select(value => decision.Values[value].Code).ToArray();
        var repairs = Repair.Of(Repair.Otherwise, decision.Source.Reference).And(Repair.Case, cases.Length == missing.Count ? cases : []);
        var first = decision.Conditions[0];
        context.Report(Descriptors.UncoveredValues, first.Attribute.ArgumentPlace(0), [.. decision.Conditions.Skip(1).Select(condition => condition.Attribute.Place()), decision.Source.Place], repairs,
            decision.Source.Description, string.Join(" and ", mentioned.Select(decision.Shown)), string.Join(", ", uncovered), decision.Source.Reference);
    }
}
