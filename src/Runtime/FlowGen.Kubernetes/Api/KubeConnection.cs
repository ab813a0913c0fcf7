using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Exceptions;

namespace FlowGen.Kubernetes.Api;

/// <summary>
/// Requests to an API server. The official client finds the cluster, its certificates and credentials (kubeconfig, programs that give tokens, service account); requests go through its connection as plain
/// JSON, so that fields which newer clusters know, and the client does not, arrive.
/// </summary>
internal sealed class KubeConnection : IDisposable
{
    /// <summary>For how long an answer may take. Watches have a time of their own.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly k8s.Kubernetes _client;

    public KubeConnection(KubernetesClientConfiguration configuration, string? space)
    {
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        _client = new k8s.Kubernetes(configuration);
        Namespace = space ?? (configuration.Namespace is { Length: > 0 } own ? own : "default");
    }

    public string Namespace { get; }

    private string Server => _client.BaseUri.ToString().TrimEnd('/');

    /// <exception cref="FlowException">There is no cluster to be found.</exception>
    public static KubeConnection Open(KubernetesSettings settings) => new(Configuration(settings), settings.Namespace);

    /// <summary>The namespace of jobs, as far as it can be told without a cluster.</summary>
    public static string NamespaceOf(KubernetesSettings settings)
    {
        if (settings.Namespace is { } space) return space;
        try
        {
            return Configuration(settings).Namespace is { Length: > 0 } own ? own : "default";
        }
        catch (FlowException)
        {
            return "default";
        }
    }

    /// <summary>The cluster that this process is in, else the one that the kubeconfig names: the files of KUBECONFIG, or the one in the home folder.</summary>
    public static KubernetesClientConfiguration Configuration(KubernetesSettings settings)
    {
        try
        {
            if (KubernetesClientConfiguration.IsInCluster()) return KubernetesClientConfiguration.InClusterConfig();
            if (settings.Context is not { } context) return KubernetesClientConfiguration.BuildDefaultConfig();
            // The client joins the files of KUBECONFIG for the current context only.
            var files = Environment.GetEnvironmentVariable("KUBECONFIG")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
            var file = files.FirstOrDefault(file => File.Exists(file) && KubernetesClientConfiguration.LoadKubeConfig(file).Contexts.Any(known => known.Name == context));
            return KubernetesClientConfiguration.BuildConfigFromConfigFile(file, context);
        }
        catch (Exception e) when (e is KubeConfigException or KubernetesException or IOException or UnauthorizedAccessException or YamlDotNet.Core.YamlException or FormatException)
        {
            throw new FlowException(KubeErrors.NoCluster, $"No cluster of Kubernetes was found: {e.Message.TrimEnd('.')}. Set KUBECONFIG to a file with a context that kubectl can use, or choose one with --set context=NAME.", 1, e);
        }
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The answer; <c>null</c> if what it is about is not there (404) or, for a POST, was there before (409).</returns>
    public async ValueTask<JsonElement?> SendAsync(HttpMethod method, string path, JsonNode? content, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await AskAsync(method, path, content, limit.Token).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
            {
                using var document = JsonDocument.Parse(text);
                return document.RootElement.Clone();
            }
            if ((int)answer.StatusCode == 409 && method == HttpMethod.Post || (int)answer.StatusCode == 404 && method != HttpMethod.Post) return null;
            throw KubeErrors.Of(answer.StatusCode, text, answer.Headers.RetryAfter, Server);
        }
        catch (Exception e) when (IsNetwork(e, cancel))
        {
            throw KubeErrors.Unreachable(Server, e);
        }
    }

    /// <summary>Reads text, such as what a pod printed; <c>null</c> if there is none.</summary>
    public async ValueTask<string?> ReadTextAsync(string path, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await AskAsync(HttpMethod.Get, path, null, limit.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false) is { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (IsNetwork(e, cancel))
        {
            throw KubeErrors.Unreachable(Server, e);
        }
    }

    /// <summary>Follows what changes, until the server ends it.</summary>
    public async IAsyncEnumerable<JsonElement> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await AskAsync(HttpMethod.Get, path, null, cancel).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) throw KubeErrors.Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false), answer.Headers.RetryAfter, Server);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0) continue;
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    public void Dispose() => _client.Dispose();

    public static bool IsNetwork(Exception e, CancellationToken cancel) => e is HttpRequestException or IOException or JsonException || e is OperationCanceledException && !cancel.IsCancellationRequested;

    private async ValueTask<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonNode? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(_client.BaseUri, path));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("flowgen", null));
        if (content is not null) request.Content = new StringContent(content.ToJsonString(), Encoding.UTF8, "application/json");
        if (_client.Credentials is { } credentials) await credentials.ProcessHttpRequestAsync(request, cancel).ConfigureAwait(false);
        return await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
    }
}
