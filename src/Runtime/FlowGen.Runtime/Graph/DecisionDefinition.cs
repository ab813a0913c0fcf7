using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>A value that decides which steps run. Its possible values are numbered: first <paramref name="Values"/>, then, unless closed, one number for anything else.</summary>
/// <param name="Name">Name of the artifact or parameter.</param>
/// <param name="Kind">What <paramref name="Source"/> refers to.</param>
/// <param name="Source">Position of the artifact or parameter.</param>
/// <param name="Values">The values that are told apart, as people write them: <c>true</c>, <c>Ship</c>, <c>3</c>.</param>
/// <param name="IsClosed">Whether there is nothing else: a <c>bool</c>, or an enum that is not a set of flags.</param>
/// <param name="Classify">The number of a value; -1 for one that cannot be (an enum value without a name), which fails the task that made it.</param>
public sealed record DecisionDefinition(string Name, SourceKind Kind, int Source, ImmutableArray<string> Values, bool IsClosed, Func<object, int> Classify);
