using Amazon.Runtime;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests.S3;

/// <summary>Whatever a server or the network says becomes an error that a person can act on: coded, with exit code 4, naming the store.</summary>
public sealed class S3ErrorTests
{
    private static readonly AWSCredentials Someone = new BasicAWSCredentials("someone", "secret");

    private static async Task<FlowException> FailAsync(string store, string code, AWSCredentials? credentials = null)
    {
        var error = await Assert.ThrowsAnyAsync<FlowException>(async () => await Samples.OpenAsync(S3Server.Open(store, credentials, new InstantTime())));
        Assert.Equal((code, 4), (error.Code, error.ExitCode));
        Assert.Contains(store, error.Message, StringComparison.Ordinal);
        return error;
    }

    [Fact]
    public async Task Open_NoSuchBucket_SaysSo() =>
        Assert.Contains("'no-such-bucket'", (await FailAsync($"s3://no-such-bucket/x?endpoint={S3Server.Url}", "FG1131")).Message, StringComparison.Ordinal);

    [Fact]
    public Task Open_UnknownAccessKey_SaysSo() => FailAsync(S3Server.NewStore(), "FG1134", Someone);

    [Fact]
    public Task Open_WrongSecret_SaysSo() => FailAsync(S3Server.NewStore(), "FG1134", new BasicAWSCredentials("flowgen-test", "wrong"));

    [Fact]
    public Task Open_Nobody_MayNotUseTheBucket() => FailAsync(S3Server.NewStore(), "FG1133", new AnonymousAWSCredentials());

    [Fact]
    public async Task Open_NobodyListens_SaysSoSoon()
    {
        using var proxy = new FaultProxy(null);
        proxy.Refuse();
        Assert.Contains("refused", (await FailAsync($"s3://bucket/x?endpoint={proxy.Url}", "FG1136", Someone)).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Open_UnknownHost_SaysSo() =>
        Assert.Contains("its name is not known", (await FailAsync("s3://bucket/x?endpoint=http://no-such-host.invalid", "FG1136", Someone)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Open_PlainServerSpokenToSecurely_SaysSo()
    {
        using var proxy = new FaultProxy(null);
        var error = await FailAsync($"s3://bucket/x?endpoint=https://127.0.0.1:{proxy.Port}", "FG1136", Someone);
        Assert.True(error.Message.Contains("secure connection", StringComparison.Ordinal), error.ToString());
    }

    [Theory]
    [InlineData("301 Moved Permanently", "PermanentRedirect", "FG1139")]
    [InlineData("400 Bad Request", "AuthorizationHeaderMalformed", "FG1139")]
    [InlineData("400 Bad Request", "IllegalLocationConstraintException", "FG1139")]
    [InlineData("403 Forbidden", "RequestTimeTooSkewed", "FG1138")]
    [InlineData("403 Forbidden", "AccessDenied", "FG1133")]
    [InlineData("403 Forbidden", "InvalidAccessKeyId", "FG1134")]
    [InlineData("403 Forbidden", "SignatureDoesNotMatch", "FG1134")]
    [InlineData("400 Bad Request", "ExpiredToken", "FG1135")]
    [InlineData("403 Forbidden", "QuotaExceeded", "FG1104")]
    [InlineData("507 Insufficient Storage", "Full", "FG1104")]
    [InlineData("400 Bad Request", "XAmzContentSHA256Mismatch", "FG1140")]
    [InlineData("400 Bad Request", "SomethingNew", "FG1140")]
    [InlineData("501 Not Implemented", "NotImplemented", "FG1141")]
    [InlineData("500 Internal Server Error", "InternalError", "FG1110")]
    [InlineData("503 Service Unavailable", "SlowDown", "FG1110")]
    [InlineData("429 Too Many Requests", "TooManyRequests", "FG1110")]
    public async Task Open_ServerRefuses_HasItsCode(string status, string said, string code)
    {
        using var proxy = new FaultProxy(null) { Answer = _ => (status, FaultProxy.Error(said, "Says the test.")) };
        var error = await FailAsync($"s3://bucket/x?endpoint={proxy.Url}", code, Someone);
        Assert.True(error.Message.Contains(said, StringComparison.Ordinal) || code is "FG1138" or "FG1136", error.Message);
        Assert.Equal(code is "FG1110" or "FG1135" or "FG1136", error is StoreUnavailableException);
    }

    [Theory]
    [InlineData("404 Not Found", "<html>Nothing here</html>")]
    [InlineData("200 OK", "<html>Welcome</html>")]
    [InlineData("405 Method Not Allowed", "")]
    public async Task Open_NotAnS3Server_SaysSo(string status, string content)
    {
        using var proxy = new FaultProxy(null) { Answer = _ => (status, content) };
        await FailAsync($"s3://bucket/x?endpoint={proxy.Url}", "FG1137", Someone);
    }

    [Fact]
    public async Task Open_ServerIgnoresTheCondition_IsRefused()
    {
        // As the servers do that the conformance suite must keep out: every put succeeds.
        using var proxy = new FaultProxy(S3Server.Url);
        proxy.Answer = request => request.Method == "PUT" ? ("200 OK", "") : null;
        Assert.Contains("conditional writes", (await FailAsync(S3Server.NewStore(proxy.Url), "FG1106")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ServerThatForgets_IsGivenUp()
    {
        using var proxy = new FaultProxy(null) { Plan = _ => Trouble.Silence };
        Assert.Contains("did not answer in time", (await FailAsync($"s3://bucket/x?endpoint={proxy.Url}&timeout=1s", "FG1136", Someone)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_NothingThere_NeedsNoRightToWrite()
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = await RunStore.OpenAsync(S3Server.Open(S3Server.NewStore(proxy.Url)), forWriting: false, TimeProvider.System, default);
        Assert.Empty(await store.ListAsync(null, default).ToListAsync());
        Assert.All(proxy.Requests, request => Assert.Contains(request.Method, new[] { "GET", "HEAD" }));
    }
}
