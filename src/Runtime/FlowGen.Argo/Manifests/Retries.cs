using System.Globalization;
using System.Text.Json.Nodes;
using FlowGen.Executing.Policies;

namespace FlowGen.Argo.Manifests;

/// <summary>
/// Who tries again (ADR 33): Argo, when a pod is lost; FlowGen, when a step fails, since only it knows of its tasks, exceptions and backoff. So a program whose step has failed ends well, and says in the store
/// that it has.
/// </summary>
internal static class Retries
{
    /// <summary>So often a pod is started again that decides what comes next: it has done nothing that the next cannot do again.</summary>
    private const int OfTurns = 20;

    /// <summary>What a turn of the driver says that another one would say as well: the run failed, the usage is wrong, nothing is there, it was stopped.</summary>
    private const string Final = "not (lastRetry.exitCode in [\"1\", \"2\", \"3\", \"130\"])";

    /// <summary>Killed, which for a step that grows is taken for too little memory: the next one must not be as small.</summary>
    private const string NotKilled = "lastRetry.exitCode != \"137\"";

    /// <summary>Of pods that decide what comes next.</summary>
    public static JsonObject Turns() => Of(OfTurns, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5), Final);

    /// <summary>Of pods that run a slice: as often as FlowGen starts what was lost again on any engine. The next one goes on where the last one was.</summary>
    public static JsonObject Slices(bool grows) => Of(SystemRetries.Policy.Times, TimeSpan.FromSeconds(Math.Max(1, SystemRetries.Policy.Backoff.TotalSeconds)), SystemRetries.Policy.MaxBackoff, grows ? NotKilled : null);

    private static JsonObject Of(int limit, TimeSpan backoff, TimeSpan most, string? expression)
    {
        var strategy = new JsonObject
        {
            ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
            ["retryPolicy"] = "Always",
            ["backoff"] = new JsonObject { ["duration"] = Seconds(backoff), ["factor"] = "2", ["cap"] = Seconds(most) },
        };
        if (expression is not null) strategy["expression"] = expression;
        return strategy;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s");
}
