using System.Diagnostics;

namespace FlowGen.Executing.Isolation;

/// <summary>How this program is started again, so that one attempt has a process of its own.</summary>
internal static class WorkerProgram
{
    /// <summary>The verb that people do not see.</summary>
    public const string Verb = "worker";

    private static bool s_isFlowProgram;

    /// <summary>The program hands its arguments to FlowGen, so it understands the verb.</summary>
    public static void Entered() => s_isFlowProgram = true;

    /// <summary>The file of this program, if that is all that is needed to start it; <c>null</c> of one that <c>dotnet</c> runs.</summary>
    public static string? Path => s_isFlowProgram && Environment.ProcessPath is { } path && !IsHost(path) ? path : null;

    /// <summary>How this program is started with some arguments; <c>null</c> if it is some other program that only uses a flow.</summary>
    public static (string File, string[] Arguments)? Command(params ReadOnlySpan<string> arguments)
    {
        if (!s_isFlowProgram || Environment.ProcessPath is not { } path) return null;
        // 'dotnet program.dll': the process is the host, and the program is its first argument.
        return (path, [.. IsHost(path) ? (string[])[System.IO.Path.GetFullPath(Environment.GetCommandLineArgs()[0], AppContext.BaseDirectory)] : [], .. arguments]);
    }

    private static bool IsHost(string path) => System.IO.Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Starts the program as a worker; <c>null</c> if it is some other program that only uses a flow, such as a test.</summary>
    /// <param name="pipe">Where the worker finds its work.</param>
    public static ProcessStartInfo? Start(string pipe)
    {
        if (Command(Verb, pipe) is not var (file, arguments)) return null;
        return new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
    }
}
