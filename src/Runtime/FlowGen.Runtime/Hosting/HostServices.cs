using FlowGen.CommandLine;
using FlowGen.Executing.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FlowGen.Hosting;

/// <summary>The services of a program, put together when something runs: most verbs need none.</summary>
internal sealed class HostServices(IServiceCollection services) : IAsyncDisposable
{
    private ServiceProvider? _provider;

    /// <exception cref="FlowException">FG1016: services are registered that cannot be made.</exception>
    public IServiceProvider Provide()
    {
        if (_provider is not null) return _provider;
        services.TryAddSingleton<ILoggerFactory, ConsoleLoggerFactory>();
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        try
        {
            // All mistakes that can be found before a step asks.
            return _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        }
        catch (AggregateException e)
        {
            throw new FlowException("FG1016", $"The services of the program do not fit together: {string.Join(' ', e.InnerExceptions.Select(inner => inner.InnerException?.Message ?? inner.Message).Distinct())} Register what is missing with app.Services.", ExitCodes.Usage, e);
        }
    }

    public ValueTask DisposeAsync() => _provider?.DisposeAsync() ?? default;
}
