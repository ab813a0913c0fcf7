namespace FlowGen;

/// <summary>
/// The parameter, an <see cref="Artifact{T}"/>, is a result of another run: of the newest one of a flow that succeeded, or that succeeded and carries a tag. Which run that is is decided once, where the
/// run is submitted, and recorded; an option names another one: <c>--champion latest</c>, <c>@tag</c>, or an id. Without such a run a nullable parameter is <c>null</c>, and nothing starts otherwise.
/// </summary>
/// <param name="flow">Class of the other flow.</param>
/// <param name="source">The artifact, or the step that makes one: <c>nameof(RetrainFlow.Train)</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromRunAttribute(Type flow, string source) : Attribute
{
    /// <summary>Class of the other flow.</summary>
    public Type Flow { get; } = flow;

    /// <summary>Name of the artifact, or of the step that makes one.</summary>
    public string Source { get; } = source;

    /// <summary>Only runs that carry it. Default: all.</summary>
    public string? Tag { get; init; }
}
