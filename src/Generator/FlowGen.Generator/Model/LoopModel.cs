namespace FlowGen.Generator.Model;

/// <summary>How a step repeats.</summary>
/// <param name="Max">The most iterations.</param>
/// <param name="StopAtMax">Whether it ends successfully there.</param>
/// <param name="Output">Which of the step's artifacts is carried on, counted from its first.</param>
/// <param name="Call">The method that says whether to go on, such as <c>flow.KeepGoing</c>.</param>
/// <param name="TypeName">Fully qualified type that it takes.</param>
internal sealed record LoopModel(int Max, bool StopAtMax, int Output, string Call, string TypeName);
