using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FlowGen.Engines;

namespace FlowGen.Kubernetes.Api;

/// <summary>What an API server says, as what it means for a driver; <c>docs/rules</c> has a page for each.</summary>
internal static class KubeErrors
{
    public const string NoCluster = "FG1360", Forbidden = "FG1361", Refused = "FG1362", NoCredentials = "FG1363", NoSecret = Manifests.PodSettings.NoSecret, NoCronJobs = "FG1365", OtherCronJob = "FG1366";

    public static Exception Of(HttpStatusCode status, string content, RetryConditionHeaderValue? retry, string server)
    {
        var (reason, message) = Read(content);
        var said = message ?? $"{(int)status} {status}";
        return status switch
        {
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new EngineUnavailableException($"Kubernetes at {server} cannot answer now: {said}.") { RetryAfter = retry?.Delta },
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict => new EngineUnavailableException($"Kubernetes at {server} cannot do it now: {said}."),
            HttpStatusCode.Unauthorized => new FlowException(NoCredentials, $"Kubernetes at {server} does not accept the credentials of the context: {said}. Renew them, or choose another context with --set context=NAME.", 1),
            // A quota that is used up is free again when other jobs end.
            HttpStatusCode.Forbidden when said.Contains("exceeded quota", StringComparison.Ordinal) => new EngineUnavailableException($"A quota of the namespace is used up: {said}."),
            HttpStatusCode.Forbidden => new FlowException(Forbidden, $"Kubernetes at {server} does not allow it: {said}. Give the service account the Role that submit --print-rbac prints.", 1),
            _ => new FlowException(Refused, $"Kubernetes at {server} refuses: {said.TrimEnd('.')}{(reason is null ? "" : $" ({reason})")}. Correct what it names in [Resources], in the settings of the engine, or in the file of the setting pod.", 1),
        };
    }

    public static EngineUnavailableException Unreachable(string server, Exception e) => new($"Kubernetes at {server} cannot be reached: {(e.InnerException ?? e).Message.TrimEnd('.')}.", e);

    private static (string? Reason, string? Message) Read(string content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return (document.RootElement.Text("reason"), document.RootElement.Text("message"));
        }
        catch (JsonException)
        {
            return (null, content.Length is > 0 and < 300 ? content.ReplaceLineEndings(" ").Trim() : null);
        }
    }
}
