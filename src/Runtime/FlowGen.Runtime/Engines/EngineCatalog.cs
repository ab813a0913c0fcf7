using FlowGen.CompilerServices;
using FlowGen.Executing.Remote;
using FlowGen.Runs;

namespace FlowGen.Engines;

/// <summary>The engines of this program.</summary>
internal static class EngineCatalog
{
    public const string Unknown = "FG1303";

    /// <summary>That this machine is one too, and those that packages bring.</summary>
    public static IEnumerable<string> Names => FlowPlugins.Engines.Select(engine => engine.Name).Prepend(RunSubmitted.Local);

    /// <summary>An engine of a package.</summary>
    /// <exception cref="FlowException">FG1303: this program has none of that name.</exception>
    public static Engine Find(string name)
    {
        if (FlowPlugins.Engines.FirstOrDefault(engine => engine.Name == name) is { } found) return found;
        var hint = NearMiss.Of(name, Names) is { } near && near != name ? $"did you mean {near}?"
            : name is "slurm" or "kubernetes" or "argo" ? $"add its package: dotnet add package FlowGen.{char.ToUpperInvariant(name[0])}{name[1..]}"
            : $"there are {string.Join(", ", Names)}.";
        throw new FlowException(Unknown, $"This program has no engine '{name}'; {hint}", 2);
    }

    /// <summary>Opens the engine that a run is recorded to use; <c>null</c> for this machine, where steps run in the driver.</summary>
    public static RemoteOptions? Open(RunSubmitted submission, string store, TimeProvider time)
    {
        if (submission.Engine == RunSubmitted.Local) return null;
        // What an engine was to start by itself goes on here, if somebody drives it by hand.
        if (!Find(submission.Engine).StartsJobs) return null;
        var settings = SettingsOf(submission, store);
        var (maxJobs, work, orphan) = CoreSettings.Read(settings);
        return new RemoteOptions { Engine = Find(submission.Engine).Open(settings, time), Submission = submission, MaxJobs = maxJobs, SliceWork = work, OrphanTimeout = orphan };
    }

    /// <summary>What the engine is opened with.</summary>
    public static EngineSettings SettingsOf(RunSubmitted submission, string store) =>
        new(submission.Engine, submission.Settings, submission.Program) { StoreFolder = store.Contains("://", StringComparison.Ordinal) ? null : Path.GetFullPath(store) };
}
