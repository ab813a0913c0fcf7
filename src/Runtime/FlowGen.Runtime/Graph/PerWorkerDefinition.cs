using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>A resource that is opened once for each process (<see cref="PerWorkerAttribute"/>).</summary>
/// <param name="Name">Its name, such as <c>tokenizer</c>.</param>
/// <param name="Method">Name of the method that opens it.</param>
/// <param name="Open">Calls the method: takes what it needs from the frame.</param>
public sealed record PerWorkerDefinition(string Name, string Method, Func<StepFrame, ValueTask<object?>> Open)
{
    /// <summary>Services that the method takes; they live as long as the resource.</summary>
    public ImmutableArray<ServiceDefinition> Services { get; init; } = [];

    /// <summary>Positions of the resources that the method takes.</summary>
    public ImmutableArray<int> PerWorker { get; init; } = [];
}
