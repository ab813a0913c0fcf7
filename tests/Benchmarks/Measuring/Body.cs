namespace Benchmarks.Measuring;

/// <summary>Something to time.</summary>
/// <param name="Run">What is timed.</param>
/// <param name="Prepare">What must happen before and is not timed.</param>
internal readonly record struct Body(Func<Task> Run, Action? Prepare = null);
