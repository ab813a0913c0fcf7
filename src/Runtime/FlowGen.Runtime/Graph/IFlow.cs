using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>What the generator implements on every class marked with <see cref="FlowAttribute"/>. Not to be implemented by hand.</summary>
/// <typeparam name="TSelf">The flow class itself.</typeparam>
public interface IFlow<TSelf> where TSelf : class, IFlow<TSelf>
{
    /// <summary>The flow as data.</summary>
    static abstract FlowDefinition Definition { get; }
}
