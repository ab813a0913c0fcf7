namespace FlowGen.Generator.Model;

/// <summary>A resource that each process opens once.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">Name of the method that opens it.</param>
/// <param name="Call">What stands before the arguments, such as <c>flow.OpenAsync</c>.</param>
/// <param name="IsTask">The method returns a task: to be awaited.</param>
/// <param name="Arguments">What it takes, in order.</param>
internal sealed record PerWorkerModel(string Name, string Method, string Call, bool IsTask, EquatableArray<ArgumentModel> Arguments);
