namespace FlowGen.Storage;

/// <summary>The store did not answer, but may do so later (H11). Never a task's failure: writers keep what they have and try again until the store's deadline.</summary>
internal sealed class StoreUnavailableException(string message, Exception? innerException = null, string code = StoreErrors.Unavailable)
    : FlowException(code, message, StoreErrors.ExitCode, innerException);
