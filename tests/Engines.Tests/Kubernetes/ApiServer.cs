using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowGen.Kubernetes.Api;
using k8s;

namespace Engines.Tests.Kubernetes;

/// <summary>Plays an API server: for what real ones do too seldom.</summary>
internal sealed class ApiServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public ApiServer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The answer to a request; lines of a watch stay open after the last.</summary>
    public required Func<string, (int Status, string Content)> Answer { get; init; }

    public KubeConnection Connect() => new(new KubernetesClientConfiguration { Host = Url }, "default");

    public static string List(string version, params IEnumerable<string> items) => $$"""{"metadata":{"resourceVersion":"{{version}}"},"items":[{{string.Join(',', items)}}]}""";

    public static string Item(string name, string version = "1") => $$"""{"metadata":{"name":"{{name}}","resourceVersion":"{{version}}"} }""";

    public static string Change(string type, string item) => $$"""{"type":"{{type}}","object":{{item}}}""" + "\n";

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var request = context.Request.HttpMethod + " " + context.Request.RawUrl;
            Requests.Enqueue(request);
            var (status, content) = Answer(request);
            context.Response.StatusCode = status;
            if (status == 429) context.Response.Headers["Retry-After"] = "7";
            context.Response.SendChunked = true;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(content));
            await context.Response.OutputStream.FlushAsync();
            if (!request.Contains("watch=true", StringComparison.Ordinal) || status != 200 || content.Contains("END", StringComparison.Ordinal)) context.Response.Close();
        }
    }
}
