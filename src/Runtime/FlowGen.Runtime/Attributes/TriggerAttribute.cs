namespace FlowGen;

/// <summary>Starts a run of the flow when an event is published.</summary>
/// <param name="event">Name of the event: letters, digits, dots, hyphens, underscores and slashes.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TriggerAttribute(string @event) : Attribute
{
    /// <summary>Name of the event.</summary>
    public string Event { get; } = @event;
}
