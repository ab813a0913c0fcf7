namespace FlowGen.CompilerServices;

/// <summary>How often attempts of a step may start (<see cref="RateLimitAttribute"/>).</summary>
/// <param name="Starts">Starts in any period.</param>
/// <param name="Period">Length of the period.</param>
public sealed record RateLimitDefinition(int Starts, TimeSpan Period);
