using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>A task whose failures are coded errors of one line.</summary>
public abstract class FlowTask : Microsoft.Build.Utilities.Task
{
    /// <summary>The project that is built, which errors name.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Run();
        }
        catch (BuildException failure)
        {
            LogMistake(failure.Code, failure.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does it.</summary>
    /// <exception cref="BuildException">What people must do something about.</exception>
    protected abstract void Run();

    /// <summary>Logs an error and goes on.</summary>
    /// <param name="code">The rule, which has a page.</param>
    /// <param name="message">What is wrong and what to do.</param>
    protected void LogMistake(string code, string message) => Log.LogError(null, code, null, HelpLink(code), Project, 0, 0, 0, 0, "{0}", message);

    /// <summary>Logs a warning.</summary>
    /// <param name="code">The rule, which has a page.</param>
    /// <param name="message">What is wrong and what to do.</param>
    protected void LogDoubt(string code, string message) => Log.LogWarning(null, code, null, HelpLink(code), Project, 0, 0, 0, 0, "{0}", message);

    /// <summary>Tells something that people want to see.</summary>
    /// <param name="message">What.</param>
    protected void Tell(string message) => Log.LogMessage(MessageImportance.High, "{0}", message);

    private static string HelpLink(string code) => $"https://github.com/flowgen/flowgen/blob/main/docs/rules/{code}.md";
}
