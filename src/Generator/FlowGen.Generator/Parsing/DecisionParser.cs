using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads the conditions of all steps, and so finds the decisions of a flow.</summary>
internal sealed class DecisionParser(FlowContext context)
{
    private readonly SourceTable _sources = new(context);

    public static void Parse(FlowContext context)
    {
        var parser = new DecisionParser(context);
        foreach (var step in context.Steps)
        {
            foreach (var attribute in step.Attributed.GetAttributes())
            {
                var isWhen = attribute.AttributeClass.Is(context.Known.When);
                if (isWhen || attribute.AttributeClass.Is(context.Known.Otherwise)) parser.Read(step, attribute, isWhen);
            }
            ConflictingConditions.Check(step, context);
        }
        foreach (var decision in context.Decisions.Where(decision => decision.IsKnown)) EmptyOtherwise.Check(decision, context);
    }

    private void Read(StepDeclaration step, AttributeData attribute, bool isWhen)
    {
        if (Find(step, attribute) is not { } decision)
        {
            step.HasKnownConditions = false;
            return;
        }

        var values = isWhen ? Values(step, attribute, decision) : null;
        if (isWhen && values is null) step.HasKnownConditions = decision.IsKnown = false;
        else
        {
            var condition = new ConditionDeclaration(step, attribute, decision, values);
            step.Conditions.Add(condition);
            decision.Conditions.Add(condition);
        }
    }

    private DecisionDeclaration? Find(StepDeclaration step, AttributeData attribute)
    {
        // The compiler gives no arguments at all where it could not make sense of them.
        if (attribute.ConstructorArguments.IsEmpty) return null;
        var name = attribute.Text(0) ?? "null";
        if (_sources.IsAmbiguous(name)) return null;
        var source = _sources.Source(name) ?? (_sources.Step(name) is { Artifacts: [var single] } ? single : null);
        if (source is null)
        {
            UnknownDecision.Report(step, attribute, name, _sources, context);
            return null;
        }
        if (source is ResourceDeclaration resource)
        {
            MisusedResource.Report(step, attribute, resource, context);
            return null;
        }
        if (context.Decisions.FirstOrDefault(known => known.Source == source) is { } found) return found;
        if (source.Type.TypeKind == TypeKind.Error || !UndecidableType.Check(step, attribute, source, context)) return null;
        var decision = new DecisionDeclaration(context.Decisions.Count, source, DecisionValues.IsClosed(source.Type), DecisionValues.All(source.Type));
        context.Decisions.Add(decision);
        return decision;
    }

    /// <summary>Numbers of the values that a <c>[When]</c> mentions; <c>null</c> if one of them is none.</summary>
    private List<int>? Values(StepDeclaration step, AttributeData attribute, DecisionDeclaration decision)
    {
        // The compiler gives no arguments at all where it could not make sense of them, and an array that is null for a lone null.
        if (attribute.ConstructorArguments is not [_, { Kind: TypedConstantKind.Array } given]) return null;
        if (given.IsNull) return BadDecisionValue.Report(step, attribute, 0, "null", decision, context);
        if (given.Values.IsEmpty && decision.Source.Type.SpecialType != SpecialType.System_Boolean) return BadDecisionValue.Report(step, attribute, -1, "no value", decision, context);

        var values = new List<int>();
        for (var i = 0; i < given.Values.Length; i++)
        {
            if (DecisionValues.Of(given.Values[i], decision.Source.Type) is not { } value) return BadDecisionValue.Report(step, attribute, i, given.Values[i], decision, context);
            var number = decision.Learn(value);
            if (values.Contains(number)) DuplicateDecisionValue.Report(step, attribute, i, decision, number, context);
            else values.Add(number);
        }
        return given.Values.IsEmpty ? [decision.IndexOf(true)] : values;
    }
}
