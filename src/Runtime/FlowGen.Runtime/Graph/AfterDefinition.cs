namespace FlowGen.CompilerServices;

/// <summary>A step that must have finished before another one starts.</summary>
/// <param name="Step">Position of the step waited for.</param>
/// <param name="Always">Whether failed and blocked tasks count as finished.</param>
public readonly record struct AfterDefinition(int Step, bool Always = false);
