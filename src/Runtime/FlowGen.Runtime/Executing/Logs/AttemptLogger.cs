using Microsoft.Extensions.Logging;

namespace FlowGen.Executing.Logs;

/// <summary>Writes what a step logs into the output of its attempt, from <see cref="LogLevel.Information"/> on.</summary>
internal sealed class AttemptLogger(AttemptOutput output) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var level = logLevel switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error => "error: ",
            LogLevel.Critical => "critical: ",
            _ => "",
        };
        output.WriteLines($"{level}{formatter(state, exception)}{(exception is null ? "" : "\n" + exception)}");
    }
}
