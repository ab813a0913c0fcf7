using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace FlowGen.S3;

/// <summary>The SDK's client as a store needs it: it sends every request exactly once (C3), and finds credentials, region and endpoint as all of Amazon's tools do.</summary>
internal sealed class S3Connection
{
    private readonly AmazonS3Config _config;
    private readonly AWSCredentials? _given;
    private readonly Lazy<AmazonS3Client> _client;

    /// <param name="location">What to connect to. Nothing is sent yet.</param>
    /// <param name="credentials">Who asks; <c>null</c>: whoever the SDK finds.</param>
    /// <param name="handler">What answers in the place of a server, for tests; <c>null</c> for the network.</param>
    public S3Connection(S3Location location, AWSCredentials? credentials = null, HttpMessageHandler? handler = null)
    {
        var options = location.Options;
        (_given, Timeout, MaxRequests) = (credentials, options.Timeout, options.MaxRequests);
        _config = new AmazonS3Config
        {
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, // limits of time are the store's own
            HttpClientFactory = new S3HttpClients(options.MaxRequests, handler),
            RequestChecksumCalculation = options.Checksums ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = options.Checksums ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Profile is { } profile) _config.Profile = new Profile(profile);
        // The one given, or what the environment or the profile names: the SDK forgets the latter half-way unless it is set.
        var server = options.Endpoint ?? _config.ServiceURL;
        if (server is not null) _config.ServiceURL = server;
        IsSecure = server?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) != true;
        _config.ForcePathStyle = options.PathStyle ?? server is not null;
        if (server is not null) _config.AuthenticationRegion = options.Region ?? Region() ?? "us-east-1";
        else if (options.Region is { } region) _config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else if (_config.RegionEndpoint is null) _config.RegionEndpoint = RegionEndpoint.USEast1;
        Errors = new S3Errors(location.Text, location.Bucket, server ?? $"Amazon S3 in {_config.RegionEndpoint?.SystemName}");
        _client = new Lazy<AmazonS3Client>(() =>
        {
            var client = _given is null ? new AmazonS3Client(_config) : new AmazonS3Client(_given, _config);
            client.AfterResponseEvent += Dates.OnAnswer;
            return client;
        });
    }

    public AmazonS3Client Client => _client.Value;

    public S3Errors Errors { get; }

    public AnswerDates Dates { get; } = new();

    /// <summary>Whether the server is spoken to by HTTPS, which makes a signature over the content needless.</summary>
    public bool IsSecure { get; }

    public TimeSpan Timeout { get; }

    public int MaxRequests { get; }

    /// <summary>Has credentials that can be had anew (roles, single sign-on, programs) be read again with the next request. The SDK itself looks for changes of the environment and of files.</summary>
    /// <returns>Whether it makes sense to ask again.</returns>
    public async ValueTask<bool> RenewCredentialsAsync(CancellationToken cancel)
    {
        var credentials = _given ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(_config).WaitAsync(cancel).ConfigureAwait(false);
        (credentials as RefreshingAWSCredentials)?.ClearCredentials();
        return true;
    }

    private static string? Region() =>
        Environment.GetEnvironmentVariable("AWS_REGION") is { Length: > 0 } region ? region : Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") is { Length: > 0 } other ? other : null;
}
