namespace FlowGen.Generator.Model;

/// <summary>A value that decides which steps run.</summary>
/// <param name="Name">Name of the artifact or parameter.</param>
/// <param name="Source">Its position.</param>
/// <param name="TypeName">Its fully qualified type.</param>
/// <param name="Values">The values told apart.</param>
/// <param name="IsClosed">Whether there is nothing else.</param>
internal sealed record DecisionModel(string Name, SourceModel Source, string TypeName, EquatableArray<DecisionValueModel> Values, bool IsClosed);

/// <summary>A value of a decision, as people write it and as a constant pattern.</summary>
internal readonly record struct DecisionValueModel(string Shown, string Code);

/// <summary>One side of a step's guard: for each value of a decision whether the step may run.</summary>
/// <param name="Decision">Position of the decision.</param>
/// <param name="Allowed">For each value whether the step may run.</param>
/// <param name="IsInherited">Whether the step does not name the decision itself.</param>
internal sealed record GuardModel(int Decision, EquatableArray<bool> Allowed, bool IsInherited);
