using System.Globalization;

namespace FlowGen.S3;

/// <summary>How a server is spoken to. The defaults are right for AWS and for most other servers.</summary>
internal sealed record S3Options
{
    /// <summary>URL of the server; <c>null</c>: what the SDK finds (<c>AWS_ENDPOINT_URL_S3</c>, the profile), else AWS.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Region that requests are signed for; <c>null</c>: what the SDK finds, else us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>Profile of the AWS configuration files; <c>null</c>: what the SDK finds.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the bucket is in the path of URLs and not in the host's name; <c>null</c>: for every server but AWS.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>Encryption by the server: <c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>; <c>null</c>: the bucket's own.</summary>
    public string? Encryption { get; init; }

    /// <summary>Id or ARN of the key for encryption; <c>null</c>: the account's own.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary>
    /// Whether every object is sent with a checksum of the SDK, which buckets with object lock demand and many servers refuse. Without it nothing is lost: objects carry
    /// checksums of their own, which every reader checks.
    /// </summary>
    public bool Checksums { get; init; }

    /// <summary>How long the server may be silent before a request counts as lost; sending gets a second more for every 16 KiB.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most requests at the same time.</summary>
    public int MaxRequests { get; init; } = 64;

    /// <summary>Each option: what its value must be, and how it is set; <c>null</c> if the value is no such thing.</summary>
    private static readonly (string Name, string Wanted, Func<S3Options, string, S3Options?> Set)[] Known =
    [
        ("checksum", "when-required or when-supported", static (o, v) => v is "when-required" or "when-supported" ? o with { Checksums = v == "when-supported" } : null),
        ("endpoint", "a URL such as https://minio.example.com", static (o, v) => IsServer(v) ? o with { Endpoint = v } : null),
        ("kms-key", "the id or ARN of a key", static (o, v) => v.Length > 0 ? o with { EncryptionKey = v } : null),
        ("max-requests", "a number from 1 to 1024", static (o, v) => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 1024 ? o with { MaxRequests = n } : null),
        ("path-style", "true or false", static (o, v) => bool.TryParse(v, out var flag) ? o with { PathStyle = flag } : null),
        ("profile", "the name of a profile of the AWS configuration", static (o, v) => v.Length > 0 ? o with { Profile = v } : null),
        ("region", "a region such as eu-central-1", static (o, v) => v.Length > 0 && v.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? o with { Region = v } : null),
        ("sse", "AES256, aws:kms or aws:kms:dsse", static (o, v) => v is "AES256" or "aws:kms" or "aws:kms:dsse" ? o with { Encryption = v } : null),
        ("timeout", "a duration from 1s to 1h", static (o, v) => IsTimeout(v, out var time) ? o with { Timeout = time } : null),
    ];

    /// <param name="texts">Queries of URLs with whose they are; later ones win.</param>
    /// <exception cref="FlowException">An option does not exist or has a value that it cannot have.</exception>
    public static S3Options Parse(IEnumerable<(string Of, string Text)> texts)
    {
        var options = new S3Options();
        foreach (var (of, text) in texts)
        {
            foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var mark = part.IndexOf('=', StringComparison.Ordinal);
                var (name, value) = mark < 0 ? (part, "") : (part[..mark], Uri.UnescapeDataString(part[(mark + 1)..]));
                var (known, wanted, set) = Array.Find(Known, option => option.Name == name);
                if (known is null) throw Bad($"The option '{name}' {of} does not exist; {Hint(name)}");
                options = set(options, value) ?? throw Bad($"The option '{name}' {of} is '{value}', but must be {wanted}.");
            }
        }
        if (options is { EncryptionKey: not null, Encryption: null or "AES256" }) throw Bad("The option 'kms-key' of the store goes with sse=aws:kms only. Add that, or leave the key out.");
        return options;
    }

    private static string Hint(string name) =>
        NearMiss.Of(name, Known.Select(static option => option.Name)) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", Known.Select(static option => option.Name))}.";

    private static bool IsServer(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;

    private static bool IsTimeout(string value, out TimeSpan time)
    {
        try
        {
            time = Duration.Parse(value);
            return time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromHours(1);
        }
        catch (FormatException)
        {
            time = default;
            return false;
        }
    }

    private static FlowException Bad(string message) => new(S3Errors.BadUrl, message, S3Errors.ExitCode);
}
