using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>Reads and writes images in a registry by the distribution protocol of the Open Container Initiative.</summary>
public sealed class RegistryClient : IDisposable
{
    private const int Attempts = 4;
    private static readonly string[] s_manifests =
        [Descriptor.Manifest, "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

    private readonly HttpClient _http;
    private readonly RegistryLogin _login;

    /// <param name="registry">The host, with a port if it has one.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    public RegistryClient(string registry, Func<string, string?> variable)
    {
        Registry = registry;
        var host = registry == "docker.io" ? "registry-1.docker.io" : registry;
        // A registry of this machine has no certificate.
        var isPlain = host.Split(':')[0] is "localhost" or "127.0.0.1" || (variable("DOTNET_CONTAINER_INSECURE_REGISTRIES") ?? "").Split(',', ';').Contains(host, StringComparer.OrdinalIgnoreCase);
        _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = new Uri($"{(isPlain ? "http" : "https")}://{host}/v2/"), Timeout = TimeSpan.FromMinutes(30) };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("FlowGen");
        _login = new(_http, registry, () => RegistryCredentials.Find(registry, variable));
    }

    /// <summary>The host.</summary>
    public string Registry { get; }

    /// <summary>A manifest with its digest and media type.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="selector">A tag or a digest.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<(byte[] Content, string Digest, string MediaType)> ManifestAsync(string repository, string selector, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => ManifestRequest(HttpMethod.Get, repository, selector), repository, cancel).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound) throw new BuildException("FG0911", $"the image {Registry}/{repository} has no {selector}; look at its name, or push it there");
        await RequireAsync(answer, repository, cancel).ConfigureAwait(false);
        var content = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        return (content, Checked(Descriptor.DigestOf(content), selector, repository), answer.Content.Headers.ContentType?.MediaType ?? "");
    }

    /// <summary>Whether a tag stands for a digest already.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="digest">The digest.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<bool> IsTaggedAsync(string repository, string tag, string digest, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => ManifestRequest(HttpMethod.Head, repository, tag), repository, cancel).ConfigureAwait(false);
        return answer.IsSuccessStatusCode && answer.Headers.TryGetValues("Docker-Content-Digest", out var digests) && digests.Contains(digest);
    }

    /// <summary>Whether a part is there.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<bool> HasAsync(string repository, string digest, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Head, $"{repository}/blobs/{digest}"), repository, cancel).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.NotFound) await RequireAsync(answer, repository, cancel).ConfigureAwait(false);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>A small part.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="part">The part.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<byte[]> BlobAsync(string repository, Descriptor part, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Get, $"{repository}/blobs/{part.Digest}"), repository, cancel).ConfigureAwait(false);
        await RequireAsync(answer, repository, cancel).ConfigureAwait(false);
        var content = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        Checked(Descriptor.DigestOf(content), part.Digest, repository);
        return content;
    }

    /// <summary>Fetches a part into a file.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="part">The part.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task DownloadAsync(string repository, Descriptor part, string file, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Get, $"{repository}/blobs/{part.Digest}"), repository, cancel).ConfigureAwait(false);
        await RequireAsync(answer, repository, cancel).ConfigureAwait(false);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        using (var output = new HashingStream(File.Create(file + ".new"), hash))
        using (var content = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false))
            content.CopyTo(output, 1 << 20);
        Checked("sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()), part.Digest, repository);
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Takes a part over from another repository of the registry, without sending it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="part">The part.</param>
    /// <param name="from">The other repository.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Whether the registry did so: not all can.</returns>
    public async Task<bool> MountAsync(string repository, Descriptor part, string from, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Post, $"{repository}/blobs/uploads/?mount={Uri.EscapeDataString(part.Digest)}&from={Uri.EscapeDataString(from)}"), repository, cancel).ConfigureAwait(false);
        return answer.StatusCode == HttpStatusCode.Created;
    }

    /// <summary>Sends a part.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="part">The part.</param>
    /// <param name="file">The file with it.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task UploadAsync(string repository, Descriptor part, string file, CancellationToken cancel)
    {
        using var start = await SendAsync(() => new(HttpMethod.Post, $"{repository}/blobs/uploads/"), repository, cancel).ConfigureAwait(false);
        await RequireAsync(start, repository, cancel).ConfigureAwait(false);
        var place = new Uri(start.RequestMessage!.RequestUri!, start.Headers.Location!).AbsoluteUri;
        var target = $"{place}{(place.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Uri.EscapeDataString(part.Digest)}";
        using var end = await SendAsync(() => new(HttpMethod.Put, target) { Content = Body(file) }, repository, cancel).ConfigureAwait(false);
        await RequireAsync(end, repository, cancel).ConfigureAwait(false);
    }

    /// <summary>Makes a manifest known under a tag, after all that it names.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="content">The manifest.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task TagAsync(string repository, string tag, byte[] content, CancellationToken cancel)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Put, $"{repository}/manifests/{tag}")
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(Descriptor.Manifest) } },
        }, repository, cancel).ConfigureAwait(false);
        await RequireAsync(answer, repository, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage ManifestRequest(HttpMethod method, string repository, string selector)
    {
        var request = new HttpRequestMessage(method, $"{repository}/manifests/{selector}");
        foreach (var type in s_manifests) request.Headers.Accept.ParseAdd(type);
        return request;
    }

    private static StreamContent Body(string file) => new(File.OpenRead(file)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentLength = new FileInfo(file).Length } };

    /// <summary>Sends a request, with a login when one is asked for, and again when the registry is out of order for a moment.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, string repository, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await _login.SendAsync(make, repository, cancel).ConfigureAwait(false);
                if (attempt == Attempts || ((int)answer.StatusCode < 500 && answer.StatusCode != HttpStatusCode.TooManyRequests)) return answer;
                answer.Dispose();
            }
            catch (HttpRequestException e) when (attempt == Attempts || e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError)
            {
                throw new BuildException("FG0910", $"the registry {Registry} cannot be reached: {e.Message}; check its name, or name another one with FlowRegistry");
            }
            catch (HttpRequestException)
            {
                // Tried again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200 << attempt), cancel).ConfigureAwait(false);
        }
    }

    private async Task RequireAsync(HttpResponseMessage answer, string repository, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode) return;
        var said = Said(await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new BuildException("FG0910", $"the registry {Registry} does not let you at {repository}{said}; log in: docker login {Registry}");
        throw new BuildException("FG0910", $"the registry {Registry} answered {(int)answer.StatusCode} {answer.ReasonPhrase} to {answer.RequestMessage!.Method} of {repository}{said}");
    }

    private static string Said(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["errors"]?[0] is { } error ? $" ({error["message"] ?? error["code"]})" : "";
        }
        catch (System.Text.Json.JsonException)
        {
            return "";
        }
    }

    private string Checked(string digest, string expected, string repository) => !expected.StartsWith("sha256:", StringComparison.Ordinal) || digest == expected ? digest
        : throw new BuildException("FG0910", $"the registry {Registry} sent something else than {expected} of {repository}; it is damaged there or on its way");
}
