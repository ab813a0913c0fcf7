using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlowGen.Build;

/// <summary>Shows a registry who is asking: with a token that it has others hand out, or with name and password. Only once it asks.</summary>
internal sealed partial class RegistryLogin(HttpClient http, string registry, Func<RegistryCredentials?> credentials)
{
    private AuthenticationHeaderValue? _header;

    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, string repository, CancellationToken cancel)
    {
        var answer = await SendOnceAsync(make, cancel).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || answer.Headers.WwwAuthenticate.FirstOrDefault() is not { } challenge) return answer;
        var login = await LoginAsync(challenge, repository, cancel).ConfigureAwait(false);
        if (login is null) return answer;
        _header = login;
        answer.Dispose();
        return await SendOnceAsync(make, cancel).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var request = make();
        request.Headers.Authorization = _header;
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
    }

    private async Task<AuthenticationHeaderValue?> LoginAsync(AuthenticationHeaderValue challenge, string repository, CancellationToken cancel)
    {
        var found = credentials();
        if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) return found is null ? null : new("Basic", found.Basic);
        var parts = Part().Matches(challenge.Parameter ?? "").ToDictionary(part => part.Groups[1].Value, part => part.Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("realm", out var realm)) return null;
        var asked = new Dictionary<string, string> { ["service"] = parts.GetValueOrDefault("service", registry), ["scope"] = parts.GetValueOrDefault("scope", $"repository:{repository}:pull,push") };
        using var answer = await http.SendAsync(found is { User: "<token>" } ? Exchange(realm, asked, found) : Ask(realm, asked, found), cancel).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) return null;
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        return (token?["token"] ?? token?["access_token"])?.GetValue<string>() is { } text ? new("Bearer", text) : null;
    }

    private static HttpRequestMessage Ask(string realm, Dictionary<string, string> asked, RegistryCredentials? found)
    {
        var query = string.Join('&', asked.Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}"));
        var request = new HttpRequestMessage(HttpMethod.Get, $"{realm}{(realm.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
        if (found is not null) request.Headers.Authorization = new("Basic", found.Basic);
        return request;
    }

    private static HttpRequestMessage Exchange(string realm, Dictionary<string, string> asked, RegistryCredentials found) => new(HttpMethod.Post, realm)
    {
        Content = new FormUrlEncodedContent([.. asked, new("grant_type", "refresh_token"), new("client_id", "FlowGen"), new("refresh_token", found.Password)]),
    };

    [GeneratedRegex("""(\w+)="([^"]*)"(?:,|$)""")]
    private static partial Regex Part();
}
