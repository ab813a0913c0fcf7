namespace FlowGen;

/// <summary>Allows the results of a step to be reused by other runs that give it equal inputs.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CacheAttribute : Attribute
{
    /// <summary>Part of what must be equal: change it when results must be made again although the code is the same. Default: none.</summary>
    public string? Version { get; set; }
}
