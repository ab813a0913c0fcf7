namespace FlowGen.Executing;

/// <summary>An exception that stands for a failure of the place where an attempt runs, and not of its step.</summary>
internal interface ISystemFailure;
