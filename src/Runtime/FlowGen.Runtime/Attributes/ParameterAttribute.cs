namespace FlowGen;

/// <summary>Marks a property of a flow as a parameter: settable from the command line, recorded with every run.</summary>
/// <remarks>The property's initializer is its default; <c>required</c> makes it mandatory; a nullable type is <c>null</c> when not given.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ParameterAttribute : Attribute;
