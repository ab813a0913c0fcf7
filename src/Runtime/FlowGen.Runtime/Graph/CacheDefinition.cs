namespace FlowGen.CompilerServices;

/// <summary>That the results of a step may be reused by other runs (<see cref="CacheAttribute"/>).</summary>
/// <param name="Version">Part of what must be equal, or <c>null</c>.</param>
public sealed record CacheDefinition(string? Version);
