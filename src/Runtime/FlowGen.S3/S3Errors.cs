using System.Net;
using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;
using FlowGen.Storage;

namespace FlowGen.S3;

/// <summary>Turns what a server, the network or the SDK says into what it means for a request and what a person can do. All have exit code 4; <c>docs/rules</c> has a page for each.</summary>
/// <param name="store">The store as people name it.</param>
/// <param name="bucket">Its bucket.</param>
/// <param name="server">Where it is.</param>
internal sealed class S3Errors(string store, string bucket, string server)
{
    public const int ExitCode = StoreErrors.ExitCode;

    public const string BadUrl = "FG1130", NoBucket = "FG1131", NoCredentials = "FG1132", NoAccess = "FG1133", BadCredentials = "FG1134", Expired = "FG1135",
        Unreachable = "FG1136", NotS3 = "FG1137", ClockSkew = "FG1138", WrongRegion = "FG1139", Refused = "FG1140", Unsupported = "FG1141";

    public S3Failure Of(Exception e) => e switch
    {
        FlowException known => new(FailureKind.Fatal, known),
        AmazonServiceException { StatusCode: not 0 } answer => Of(answer),
        OperationCanceledException or TimeoutException => Passing(FailureKind.Unsure, Unreachable, $"The S3 server {server} of the store {store} did not answer in time. Check that it works, or give it longer with the option timeout=2m.", e),
        _ when Network(e) is { } why => Passing(FailureKind.Unsure, Unreachable, $"The S3 server {server} of the store {store} cannot be reached: {why}. Check the endpoint of the store, and the network.", e),
        AmazonUnmarshallingException or XmlException => NoS3(e),
        AmazonClientException => Fatal(NoCredentials, $"No credentials for the store {store} were found ({Sentence(e.Message)}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run where a role gives some.", e),
        _ => Fatal(Refused, $"The store {store} failed: {Sentence(e.Message)}.", e),
    };

    private S3Failure Of(AmazonServiceException e)
    {
        var said = $"({(int)e.StatusCode} {e.ErrorCode}{(string.IsNullOrWhiteSpace(e.Message) || e.Message == e.ErrorCode ? "" : ": " + Sentence(e.Message))})";
        return e.ErrorCode switch
        {
            _ when IsCut(e) => Busy(said, e),
            "NoSuchBucket" => Fatal(NoBucket, $"The bucket '{bucket}' of the store {store} does not exist on {server}. Create it, or correct the store's URL.", e),
            "NoSuchKey" => new(FailureKind.Missing, Error(StoreErrors.Missing, $"An object is missing in the store {store}.", e)),
            "PreconditionFailed" => new(FailureKind.Exists, Error(StoreErrors.Failed, $"An object in the store {store} exists already.", e)),
            "RequestTimeTooSkewed" => Fatal(ClockSkew, $"The S3 server {server} of the store {store} refuses requests because its clock and this machine's differ by more than 15 minutes; here it is {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC. Set the clock right.", e),
            "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "InvalidClientTokenId" or "UnrecognizedClientException" =>
                new(FailureKind.Credentials, Error(BadCredentials, $"The credentials for the store {store} are not valid on {server} {said}. Check access key and secret, and that they belong to this server.", e)),
            "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" => new(FailureKind.Credentials,
                new StoreUnavailableException($"The credentials for the store {store} have expired {said}. Renew them (aws sso login, for instance): they are read again by themselves.", e, Expired)),
            "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" or "TemporaryRedirect" or "MovedPermanently" =>
                Fatal(WrongRegion, $"The bucket '{bucket}' of the store {store} is in another region {said}. Add its region to the store's URL (?region=eu-central-1, for instance), or set AWS_REGION.", e),
            "SlowDown" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequests" or "BandwidthLimitExceeded" or "ServiceUnavailable" =>
                Passing(FailureKind.Throttled, StoreErrors.Unavailable, $"The S3 server {server} of the store {store} is overloaded {said}.", e),
            "ConditionalRequestConflict" or "OperationAborted" or "RequestTimeout" => Busy(said, e),
            "QuotaExceeded" => Fatal(StoreErrors.Full, $"The quota of the store {store} is used up {said}. Free some space or have it raised, then resume the run.", e),
            "NotImplemented" => Fatal(Unsupported, $"The S3 server {server} of the store {store} cannot do what one needs {said}: put an object only if there is none (If-None-Match). Choose another server, or a newer version.", e),
            "XAmzContentSHA256Mismatch" or "BadDigest" or "InvalidDigest" or "InvalidRequest" => Fatal(Refused,
                $"The S3 server {server} refuses a request to the store {store} {said}. Where it is about checksums, try the option checksum=when-required or checksum=when-supported in the store's URL.", e),
            _ => e.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(FailureKind.Credentials,
                    Error(NoAccess, $"The credentials for the store {store} may not use the bucket '{bucket}' {said}. They need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket there.", e)),
                HttpStatusCode.NotFound => NoS3(e) with { Kind = FailureKind.NotFound },
                HttpStatusCode.PreconditionFailed => new(FailureKind.Exists, Error(StoreErrors.Failed, $"An object in the store {store} exists already.", e)),
                HttpStatusCode.RequestedRangeNotSatisfiable => new(FailureKind.BeyondEnd, Error(StoreErrors.Failed, $"An object in the store {store} is shorter than was expected.", e)),
                HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect =>
                    Fatal(WrongRegion, $"The S3 server {server} of the store {store} sends requests elsewhere {said}. Correct the endpoint or the region of the store.", e),
                HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => Passing(FailureKind.Throttled, StoreErrors.Unavailable, $"The S3 server {server} of the store {store} is overloaded {said}.", e),
                HttpStatusCode.NotImplemented => Fatal(Unsupported, $"The S3 server {server} of the store {store} cannot do what one needs {said}. Choose another server, or a newer version.", e),
                HttpStatusCode.InsufficientStorage => Fatal(StoreErrors.Full, $"No space is left in the store {store} {said}. Free some, then resume the run.", e),
                HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Busy(said, e),
                HttpStatusCode.MethodNotAllowed => NoS3(e),
                _ => Fatal(Refused, $"The S3 server {server} refuses a request to the store {store} {said}.", e),
            },
        };
    }

    /// <summary>What is wrong on the way to the server; <c>null</c> if it is something else.</summary>
    private static string? Network(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls: return "no secure connection comes about, " + Sentence((tls.InnerException ?? tls).Message);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }: return "its name is not known";
                case SocketException socket: return Sentence(socket.Message);
                case HttpRequestException { InnerException: null } request: return Sentence(request.Message);
                case IOException { InnerException: null } io: return Sentence(io.Message);
            }
        }
        return null;
    }

    /// <summary>The connection broke in the middle of what the server said was wrong. The SDK does not tell: it shows what came as the message.</summary>
    private static bool IsCut(AmazonServiceException e) =>
        e.Message.Contains("<?xml", StringComparison.Ordinal) && !e.Message.Contains("</Error>", StringComparison.Ordinal) && !e.Message.Contains("<html", StringComparison.OrdinalIgnoreCase);

    private static string Sentence(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    /// <summary>What answers is something else.</summary>
    public S3Failure NoS3(Exception? e) => Fatal(NotS3, $"What answers at {server} for the store {store} does not speak S3. Correct the endpoint.", e);

    private S3Failure Busy(string said, Exception e) => Passing(FailureKind.Unsure, StoreErrors.Unavailable, $"The S3 server {server} of the store {store} failed {said}.", e);

    private static S3Failure Passing(FailureKind kind, string code, string message, Exception e) => new(kind, new StoreUnavailableException(message, e, code));

    private static S3Failure Fatal(string code, string message, Exception? e) => new(FailureKind.Fatal, Error(code, message, e));

    private static FlowException Error(string code, string message, Exception? e) => new(code, message, ExitCode, e);
}
