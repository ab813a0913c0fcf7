namespace FlowGen.CompilerServices;

/// <summary>How a step repeats.</summary>
/// <param name="Max">The most iterations.</param>
/// <param name="StopAtMax">Whether it ends successfully there.</param>
/// <param name="Output">Which of the step's artifacts is carried on, counted from its first.</param>
/// <param name="KeepGoing">Asks the flow's method about the carried output: the flow object, the value.</param>
public sealed record LoopDefinition(int Max, bool StopAtMax, int Output, Func<object, object?, bool> KeepGoing);
