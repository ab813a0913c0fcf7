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

    /// <summary>Starts the program as a worker; <c>null</c> if it is some other program that only uses a flow, such as a test.</summary>
    /// <param name="pipe">Where the worker finds its work.</param>
    public static ProcessStartInfo? Start(string pipe)
    {
        if (!s_isFlowProgram || Environment.ProcessPath is not { } path) return null;
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // 'dotnet program.dll': the process is the host, and the program is its first argument.
        if (Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) start.ArgumentList.Add(Path.GetFullPath(Environment.GetCommandLineArgs()[0], AppContext.BaseDirectory));
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(pipe);
        return start;
    }
}
