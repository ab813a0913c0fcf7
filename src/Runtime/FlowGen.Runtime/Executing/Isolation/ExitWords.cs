using System.Globalization;

namespace FlowGen.Executing.Isolation;

/// <summary>How a process ended, in words.</summary>
internal static class ExitWords
{
    private const int FirstSignal = 128;

    /// <summary>Whether a process was ended by a signal: no program ends like that by itself.</summary>
    public static bool IsSignal(int code) => NameOf(code) is not null;

    public static string Of(int code)
    {
        var ending = NameOf(code) is { } how ? $"was ended by {how}" : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}");
        return $"The process of the step {ending}, before it had a result; its log has what it wrote.";
    }

    private static string? NameOf(int code) => OperatingSystem.IsWindows() ? null : (code - FirstSignal) switch
    {
        4 => "SIGILL",
        6 => "SIGABRT, as after an error that .NET cannot go on from",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL, as when the machine runs out of memory",
        11 => "SIGSEGV, a wrong access to memory",
        15 => "SIGTERM",
        _ => null,
    };
}
