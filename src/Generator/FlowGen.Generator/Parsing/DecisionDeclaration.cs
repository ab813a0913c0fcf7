using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>An artifact or parameter that conditions name. Its values are numbered: those told apart, then, unless closed, anything else.</summary>
internal sealed class DecisionDeclaration(int number, SourceDeclaration source, bool isClosed, List<DecisionValue> values)
{
    public int Number { get; } = number;

    public SourceDeclaration Source { get; } = source;

    /// <summary>Whether there is nothing else: a <c>bool</c>, or an enum that is not a set of flags.</summary>
    public bool IsClosed { get; } = isClosed;

    /// <summary>The values told apart; of an open decision those that some <c>[When]</c> mentions, in order.</summary>
    public IReadOnlyList<DecisionValue> Values => values;

    public int Size => values.Count + (IsClosed ? 0 : 1);

    /// <summary>The conditions on it that are sound, in source order.</summary>
    public List<ConditionDeclaration> Conditions { get; } = [];

    /// <summary>Whether all conditions on it could be read. What no <c>[When]</c> mentions is unknown otherwise.</summary>
    public bool IsKnown { get; set; } = true;

    /// <summary>Numbers of the values that some <c>[When]</c> mentions.</summary>
    public IEnumerable<int> Mentioned => Conditions.SelectMany(condition => condition.Values ?? []).Distinct();

    public int IndexOf(object key) => values.FindIndex(value => value.Key.Equals(key));

    /// <summary>The number of a value that a condition mentions; an open decision learns it.</summary>
    public int Learn(DecisionValue value)
    {
        if (IndexOf(value.Key) is >= 0 and var known) return known;
        values.Add(value);
        return values.Count - 1;
    }

    /// <summary>A value as people see it.</summary>
    public string Shown(int value) => value < values.Count ? values[value].Shown : values.Count == 0 ? "anything" : "anything else";

    /// <summary>Some of the values: <c>Ship or Reject</c>.</summary>
    public string Shown(IReadOnlyList<bool> allowed) => string.Join(" or ", allowed.Select((isAllowed, value) => isAllowed ? Shown(value) : "").Where(shown => shown.Length > 0));
}

/// <summary>One value of a decision.</summary>
/// <param name="Key">Equal for equal values: a <c>bool</c>, <c>decimal</c> or <c>string</c>.</param>
/// <param name="Shown">As people write it, such as <c>Ship</c>.</param>
/// <param name="Code">As a constant pattern.</param>
internal readonly record struct DecisionValue(object Key, string Shown, string Code);

/// <summary>A <c>[When]</c> or <c>[Otherwise]</c> of a step.</summary>
/// <param name="step">The step.</param>
/// <param name="attribute">The attribute.</param>
/// <param name="decision">The decision.</param>
/// <param name="values">Numbers of the values that let the step run; <c>null</c> for <c>[Otherwise]</c>.</param>
internal sealed class ConditionDeclaration(StepDeclaration step, AttributeData attribute, DecisionDeclaration decision, IReadOnlyList<int>? values)
{
    public StepDeclaration Step { get; } = step;

    public AttributeData Attribute { get; } = attribute;

    public DecisionDeclaration Decision { get; } = decision;

    public IReadOnlyList<int>? Values { get; } = values;

    /// <summary>For each value of the decision whether the step may run. Known when all conditions have been read.</summary>
    public bool[] Allowed => [.. Enumerable.Range(0, Decision.Size).Select(value => Values?.Contains(value) ?? !Decision.Mentioned.Contains(value))];
}
