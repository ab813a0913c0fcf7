namespace FlowGen.S3;

/// <summary>
/// Where a store is and how it is spoken to: <c>s3://bucket/prefix?option=value&amp;...</c>. Options that the URL does not give come from <c>FLOWGEN_S3_OPTIONS</c>, written alike;
/// endpoint, region and profile then from where the SDK looks for them.
/// </summary>
/// <param name="Text">The URL as it was given. It holds no secret.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">Comes before every key: empty, or ends with a slash.</param>
/// <param name="Options">How it is spoken to.</param>
internal sealed record S3Location(string Text, string Bucket, string Prefix, S3Options Options)
{
    public const string Variable = "FLOWGEN_S3_OPTIONS";

    /// <summary>S3 allows 1,024 bytes a key; the rest is for the keys below the prefix.</summary>
    private const int MaxPrefix = 400;

    private const string Scheme = "s3://";

    /// <exception cref="FlowException">The URL makes no sense, or has an option that there is not.</exception>
    public static S3Location Parse(string text, Func<string, string?> variable)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) throw Bad("does not begin with s3://");
        var rest = text[Scheme.Length..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (rest, "") : (rest[..mark], rest[(mark + 1)..]);
        if (path.Contains('@', StringComparison.Ordinal)) throw new FlowException(S3Errors.BadUrl,
            "The URL of the store holds a user name or password. Take them out, and give credentials as for the AWS command line: by environment variables, a profile or a role.", S3Errors.ExitCode);

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? path : path[..slash];
        if (bucket.Length is < 3 or > 255 || !bucket.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')) throw Bad($"names the bucket '{bucket}', which can be none");
        var prefix = slash < 0 ? "" : path[(slash + 1)..].TrimEnd('/');
        if (prefix.Length > MaxPrefix || prefix.Length > 0 && prefix.Split('/').Any(static segment => !IsSegment(segment)))
            throw Bad($"has the prefix '{prefix}'; one has letters, digits and -_.= between single slashes, and at most {MaxPrefix} characters");

        var options = S3Options.Parse([("in " + Variable, variable(Variable) ?? ""), ("in the store " + text, query)]);
        return new S3Location(text, bucket, prefix.Length == 0 ? "" : prefix + "/", options);

        FlowException Bad(string what) => new(S3Errors.BadUrl, $"The store '{text}' {what}. Write it as s3://bucket/prefix.", S3Errors.ExitCode);
    }

    private static bool IsSegment(string segment) => segment is not ("" or "." or "..") && segment.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '=');
}
