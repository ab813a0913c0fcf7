using FlowGen.Hosting;

namespace FlowGen;

/// <summary>How a run that is started from code is done.</summary>
public sealed record RunOptions
{
    /// <summary>Folder or URL of the datastore. Default: <c>FLOWGEN_DATASTORE</c>, else <c>.flowgen</c> at the solution or project root.</summary>
    public string? Store { get; init; }

    /// <summary>Tags of the run. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Tasks at the same time. Default 0: one per core.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Whether nothing new starts after the first failure. Default: <c>false</c>.</summary>
    public bool FailFast { get; init; }

    /// <summary>Policies that differ from those of the flow, as <c>--with</c> takes them: <c>fit:retry=3,memory=8Gi</c>, or <c>*:timeout=1h</c> for all steps. Default: none.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Services that steps take (<see cref="ServiceAttribute"/>); whoever gives them disposes of them. Default: none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Whether a run that does not succeed is a <see cref="RunFailedException"/>. Default: <c>true</c>.</summary>
    public bool ThrowOnFailure { get; init; } = true;

    internal IRunInterceptor? Interceptor { get; init; }
}
