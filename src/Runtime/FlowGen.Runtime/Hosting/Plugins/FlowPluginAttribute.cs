namespace FlowGen.CompilerServices;

/// <summary>
/// Names the type through which an assembly takes part in every program that references it. The generator finds the attribute in referenced assemblies and emits the
/// code that registers the type, so that nothing is looked up at run time.
/// </summary>
/// <param name="plugin">A public class that derives from <see cref="FlowPlugin"/>, with a public constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class FlowPluginAttribute(Type plugin) : Attribute
{
    /// <summary>The plugin's type.</summary>
    public Type Plugin { get; } = plugin;
}
