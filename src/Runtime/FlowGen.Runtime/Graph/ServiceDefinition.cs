namespace FlowGen.CompilerServices;

/// <summary>A service that a method takes (<see cref="ServiceAttribute"/>).</summary>
/// <param name="Name">Name of the method's parameter.</param>
/// <param name="Type">What is asked for.</param>
/// <param name="TypeName">The same as people write it.</param>
public sealed record ServiceDefinition(string Name, Type Type, string TypeName)
{
    /// <summary>Whether the method can do without.</summary>
    public bool IsOptional { get; init; }
}
