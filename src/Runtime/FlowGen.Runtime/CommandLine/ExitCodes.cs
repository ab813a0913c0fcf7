namespace FlowGen.CommandLine;

/// <summary>Exit codes of every flow program (docs/command-line.md).</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int RunFailed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int StoreUnusable = 4;

    /// <summary>A driver has handed its run over; the value that says "try again" to who started it.</summary>
    public const int HandedOver = 75;
    public const int Interrupted = 130;

    public static int Of(RunStatus status) => status switch
    {
        RunStatus.Succeeded => Success,
        RunStatus.Failed => RunFailed,
        _ => Interrupted,
    };
}
