using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Isolation;

namespace FlowGen;

/// <summary>The command line of a program made of flows.</summary>
public static class FlowApp
{
    /// <summary>Does what the arguments say with one flow: <c>return await FlowApp.RunAsync&lt;ChurnFlow&gt;(args);</c></summary>
    /// <returns>Exit code of the process (see docs/command-line.md).</returns>
    public static Task<int> RunAsync<T>(string[] args) where T : class, IFlow<T> => RunAsync(args, T.Definition);

    /// <summary>Begins a program whose steps take services: <c>var app = FlowApp.CreateBuilder(args);</c></summary>
    /// <param name="args">The arguments of the program.</param>
    public static FlowAppBuilder CreateBuilder(string[] args) => new(args);

    /// <summary>Does what the arguments say with several flows, which are then named after the verb.</summary>
    /// <returns>Exit code of the process (see docs/command-line.md).</returns>
    public static Task<int> RunAsync(string[] args, params FlowDefinition[] flows)
    {
        WorkerProgram.Entered();
        return new FlowCommandLine(flows, CommandEnvironment.OfProcess()).RunAsync(args);
    }
}
