using System.Runtime.InteropServices;
using FlowGen.Hosting;
using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>Says what a run is: written once, when it starts.</summary>
internal static class Manifests
{
    /// <summary>Version of the runtime library.</summary>
    public static string FlowGenVersion { get; } = typeof(Manifests).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <param name="request">What was asked for.</param>
    /// <param name="parameters">Encoded values, by position.</param>
    /// <param name="run">The new run.</param>
    /// <param name="origin">The run that is resumed, if any.</param>
    /// <param name="git">Asked for earlier, as the answer takes some milliseconds.</param>
    /// <param name="program">Hash of the program, asked for earlier too.</param>
    /// <param name="snapshot">Where the source of the program will be stored.</param>
    public static async Task<RunManifest> MakeAsync(RunRequest request, RunKey run, ReadOnlyMemory<byte>[] parameters, RunManifest? origin, Task<GitState> git, Task<string?> program, SnapshotPlace? snapshot)
    {
        var (commit, dirty) = await git.ConfigureAwait(false);
        return new RunManifest
        {
            Run = run,
            Created = request.Time.GetUtcNow(),
            User = CurrentUser.Name,
            Host = Environment.MachineName,
            Tags = [.. SystemTags(request, origin), .. request.Tags],
            Origin = origin?.Run,
            FirstOrigin = origin?.FirstOrigin ?? origin?.Run,
            Graph = GraphDescription.Of(request.Flow),
            Parameters = [.. request.Flow.Parameters.Select((parameter, p) => new RecordedParameter(parameter.Name, parameter.TypeName, parameters[p]))],
            Overrides = request.Overrides,
            Forced = request.From,
            ProgramHash = await program.ConfigureAwait(false),
            GitCommit = commit ?? ProgramInfo.Commit,
            GitDirty = dirty,
            Snapshot = snapshot,
            Sdk = ProgramInfo.Sdk,
            RuntimeVersion = RuntimeInformation.FrameworkDescription,
            FlowGenVersion = FlowGenVersion,
            Packages = ProgramInfo.Packages,
        };
    }

    /// <summary>A project keeps the experiments of people apart from each other and from production. What resumes a run stays on its branch.</summary>
    private static IEnumerable<string> SystemTags(RunRequest request, RunManifest? origin)
    {
        if (request.Schedule is { } schedule) yield return TagName.Schedule + schedule;
        if (request.Flow.Project is not { } project) yield break;
        var before = origin?.Tags.FirstOrDefault(tag => tag.StartsWith(TagName.Branch, StringComparison.Ordinal));
        yield return TagName.Project + project;
        yield return request.Branch is { } branch ? TagName.Branch + branch : before ?? $"{TagName.Branch}user.{CurrentUser.Name}";
    }
}
