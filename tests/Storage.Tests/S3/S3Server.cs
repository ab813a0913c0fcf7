using Amazon.Runtime;
using Amazon.S3;
using FlowGen.S3;
using FlowGen.Storage;

namespace Storage.Tests.S3;

/// <summary>
/// The real S3 server that <c>build/engines/s3/up.sh</c> starts and <c>FLOWGEN_TEST_S3</c> names. Without the variable the tests are skipped; <c>build/test.sh</c>
/// always sets it, and if the server could not be started says so in it: then they fail.
/// </summary>
internal static class S3Server
{
    public const string Bucket = "flowgen-tests";

    private const string Variable = "FLOWGEN_TEST_S3";

    /// <summary>URL of the server.</summary>
    public static string Url
    {
        get
        {
            var url = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(string.IsNullOrEmpty(url), $"No S3 server: start one with build/engines/s3/up.sh, then source the file env that it writes ({Variable}).");
            Assert.True(Uri.IsWellFormedUriString(url, UriKind.Absolute), url);
            return url!;
        }
    }

    /// <summary>URL of a store that nothing was ever written to.</summary>
    public static string NewStore(string? endpoint = null, string options = "") => $"s3://{Bucket}/{Guid.NewGuid():n}/flows?endpoint={endpoint ?? Url}{options}";

    /// <summary>Opens a store as the plugin does.</summary>
    public static IObjectStore Open(string store, AWSCredentials? credentials = null, TimeProvider? time = null) =>
        new S3Store(S3Location.Parse(store, static _ => null), credentials, time);

    /// <summary>The SDK itself, to see what is in the bucket.</summary>
    public static AmazonS3Client Client() => new(new AmazonS3Config { ServiceURL = Url, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
}
