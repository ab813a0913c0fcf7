using Microsoft.Extensions.Logging;

namespace FlowGen.CompilerServices;

/// <summary>A method that is called when a run has ended (<see cref="FinallyAttribute"/>).</summary>
/// <param name="Method">Its name in source.</param>
/// <param name="Invoke">Calls it: the flow object, how the run ended, services.</param>
public sealed record FinallyDefinition(string Method, Func<object, RunOutcome, ILogger, CancellationToken, ValueTask> Invoke);
