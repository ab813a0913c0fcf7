using FlowGen.Executing;

namespace FlowGen.Testing;

/// <summary>Stands for a failure of the place where an attempt runs, such as a machine that was lost: recorded as one, and no fault of the step.</summary>
public sealed class SystemFailureException : Exception, ISystemFailure
{
    /// <summary>Says what happened to the place.</summary>
    public SystemFailureException(string message) : base(message) { }

    /// <summary>Says what happened to the place.</summary>
    public SystemFailureException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>A machine that was lost.</summary>
    public SystemFailureException() : base("The machine was lost.") { }
}
