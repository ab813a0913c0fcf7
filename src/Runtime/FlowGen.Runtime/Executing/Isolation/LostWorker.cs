namespace FlowGen.Executing.Isolation;

/// <summary>The process of an attempt was ended from outside, or by what .NET cannot go on from: the step said nothing.</summary>
internal sealed class LostWorker(string message) : WorkerFailure("FlowGen.WorkerLost", message), ISystemFailure;
