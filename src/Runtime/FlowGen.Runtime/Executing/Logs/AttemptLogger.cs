using Microsoft.Extensions.Logging;

namespace FlowGen.Executing.Logs;

/// <summary>Writes what a step logs, from <see cref="LogLevel.Information"/> on.</summary>
/// <param name="write">Takes one or more lines.</param>
internal sealed class AttemptLogger(Action<string> write) : ILogger
{
    /// <summary>Into the output of an attempt.</summary>
    public AttemptLogger(AttemptOutput output) : this(output.WriteLines)
    {
    }

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
        write($"{level}{formatter(state, exception)}{(exception is null ? "" : "\n" + exception)}");
    }
}
