namespace FlowGen.CommandLine;

/// <summary>Exit codes of every flow program (docs/command-line.md).</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int RunFailed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int StoreUnusable = 4;
    public const int Interrupted = 130;

    public static int Of(RunStatus status) => status switch
    {
        RunStatus.Succeeded => Success,
        RunStatus.Failed => RunFailed,
        _ => Interrupted,
    };
}
