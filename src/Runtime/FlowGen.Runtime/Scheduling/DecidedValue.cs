namespace FlowGen.Scheduling;

/// <summary>A decision has been made.</summary>
/// <param name="Decision">Position of the decision.</param>
/// <param name="Value">Number of its value.</param>
internal readonly record struct DecidedValue(int Decision, int Value);
