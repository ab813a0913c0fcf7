using System.Net;
using Amazon.Runtime;

namespace FlowGen.S3;

/// <summary>One HTTP client for all requests of a store.</summary>
/// <param name="connections">How many at the same time.</param>
/// <param name="server">What answers in the place of a server, for tests; <c>null</c> for the network.</param>
internal sealed class S3HttpClients(int connections, HttpMessageHandler? server = null) : HttpClientFactory
{
    private readonly Lazy<HttpClient> _client = new(() => new HttpClient(server ?? new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = connections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10), // so that a change of the server's address is noticed
        UseCookies = false,
    }) { Timeout = Timeout.InfiniteTimeSpan });

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client.Value;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
