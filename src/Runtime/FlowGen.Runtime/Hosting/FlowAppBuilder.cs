using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Isolation;
using FlowGen.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FlowGen;

/// <summary>A program made of flows whose steps take services (<see cref="ServiceAttribute"/>). Made by <see cref="FlowApp.CreateBuilder"/>.</summary>
public sealed class FlowAppBuilder
{
    private readonly string[] _args;

    internal FlowAppBuilder(string[] args) => _args = args;

    /// <summary>
    /// What the steps can take. Each attempt has a scope of its own; singletons live as long as the process, and steps in processes of their own have their own.
    /// <see cref="Microsoft.Extensions.Logging.ILogger{TCategoryName}"/> is there unless it is added: it writes to the log of the attempt.
    /// </summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Does what the arguments say with one flow: <c>return await app.RunAsync&lt;ChurnFlow&gt;();</c></summary>
    /// <returns>Exit code of the process (see docs/command-line.md).</returns>
    public Task<int> RunAsync<T>() where T : class, IFlow<T> => RunAsync(T.Definition);

    /// <summary>Does what the arguments say with several flows, which are then named after the verb.</summary>
    /// <returns>Exit code of the process (see docs/command-line.md).</returns>
    public async Task<int> RunAsync(params FlowDefinition[] flows)
    {
        WorkerProgram.Entered();
        var services = new HostServices(Services);
        await using (services.ConfigureAwait(false)) return await new FlowCommandLine(flows, CommandEnvironment.OfProcess(services.Provide)).RunAsync(_args).ConfigureAwait(false);
    }
}
