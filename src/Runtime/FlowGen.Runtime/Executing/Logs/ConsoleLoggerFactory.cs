using Microsoft.Extensions.Logging;

namespace FlowGen.Executing.Logs;

/// <summary>Loggers for services. They write to the console, where the lines of an attempt are captured: so each line is in the log of the attempt that the service works for.</summary>
internal sealed class ConsoleLoggerFactory : ILoggerFactory
{
    private readonly AttemptLogger _logger = new(static text => Console.Out.WriteLine(text));

    public ILogger CreateLogger(string categoryName) => _logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Add providers with app.Services.AddLogging(logging => ...), which replaces this.");

    public void Dispose()
    {
    }
}
