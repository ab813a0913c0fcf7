namespace FlowGen.Executing;

/// <summary>A task fails, and another attempt would fail alike.</summary>
internal abstract class PermanentTaskException(string message) : Exception(message);

/// <summary>Fewer producers of a gather succeeded than the step asks for.</summary>
internal sealed class TooFewSuccessesException(string step, string artifact, CapturedGather gather) : PermanentTaskException(
    FormattableString.Invariant($"Only {gather.Succeeded} of {gather.Succeeded + gather.Failed} tasks that make '{artifact}' succeeded; step '{step}' asks for {gather.Input.MinSuccess:0.##%} (MinSuccess). ")
    + string.Join("; ", gather.FirstErrors) + (gather.Failed > gather.FirstErrors.Count ? "; ..." : ""));

/// <summary>A loop has used up its iterations and would go on.</summary>
internal sealed class LoopLimitException(string step, int max) : PermanentTaskException(
    FormattableString.Invariant($"Step '{step}' would go on after {max} iterations, its limit; raise Max, or set StopAtMax to take the last result."));
