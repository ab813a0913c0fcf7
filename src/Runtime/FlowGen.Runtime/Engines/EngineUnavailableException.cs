namespace FlowGen.Engines;

/// <summary>The engine does not answer, or says that it cannot now. Nobody's mistake in the flow: whoever asks waits and asks again (H1).</summary>
internal sealed class EngineUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the engine asks to be left alone; <c>null</c> if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
