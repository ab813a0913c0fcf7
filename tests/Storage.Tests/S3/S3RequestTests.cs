using Amazon.Runtime;
using FlowGen.S3;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Storage.Tests.S3;

/// <summary>What is sent, how often, and what is made of the answers (C3).</summary>
public sealed class S3RequestTests
{
    [Theory]
    [InlineData(nameof(Trouble.Reset), 2)]
    [InlineData(nameof(Trouble.LostReply), 1)]
    [InlineData(nameof(Trouble.PartialReply), 1)]
    [InlineData(nameof(Trouble.Silence), 2)]
    public async Task PutIfAbsentAsync_FirstTryGoesWrong_IsStoredOnce(string trouble, int puts)
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = S3Server.Open(S3Server.NewStore(proxy.Url, "&timeout=1s"), time: new InstantTime());
        await store.SizeAsync("x"); // the server is known
        var left = 1;
        proxy.Plan = request => request.Method == "PUT" && Interlocked.Decrement(ref left) >= 0 ? Enum.Parse<Trouble>(trouble) : Trouble.None;

        Assert.Equal(PutOutcome.Stored, await store.PutIfAbsentAsync("a", Samples.Bytes(1, 2, 3)));

        Assert.Equal([1, 2, 3], (await store.GetAsync("a"))!);
        // A reply whose content is empty has no other half: such a put succeeds at once.
        Assert.Equal(puts, proxy.Requests.Count(request => request.Method == "PUT"));
    }

    [Theory]
    [InlineData("409 Conflict", "ConditionalRequestConflict")]
    [InlineData("500 Internal Server Error", "InternalError")]
    [InlineData("503 Service Unavailable", "SlowDown")]
    public async Task PutIfAbsentAsync_ServerIsUnsure_AsksAgain(string status, string code)
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = S3Server.Open(S3Server.NewStore(proxy.Url), time: new InstantTime());
        var left = 3;
        proxy.Answer = request => request.Method == "PUT" && Interlocked.Decrement(ref left) >= 0 ? (status, FaultProxy.Error(code)) : null;

        Assert.Equal(PutOutcome.Stored, await store.PutIfAbsentAsync("a", Samples.Bytes(1)));
        Assert.Equal(4, proxy.Requests.Count(request => request.Method == "PUT"));
    }

    [Fact]
    public async Task PutIfAbsentAsync_OnceAnswered_IsSentOnce()
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = S3Server.Open(S3Server.NewStore(proxy.Url));

        await store.PutIfAbsentAsync("a", Samples.Bytes(1));

        var put = Assert.Single(proxy.Requests);
        Assert.Contains("If-None-Match: *", put.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("x-amz-checksum", put.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("aws-chunked", put.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task PutAsync_Heartbeat_IsUnconditional()
    {
        using var proxy = new FaultProxy(S3Server.Url);
        await S3Server.Open(S3Server.NewStore(proxy.Url)).PutAsync("beat", Samples.Bytes(1));
        Assert.DoesNotContain("If-None-Match", Assert.Single(proxy.Requests).Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(nameof(Trouble.Reset))]
    [InlineData(nameof(Trouble.LostReply))]
    [InlineData(nameof(Trouble.PartialReply))]
    [InlineData(nameof(Trouble.Silence))]
    public async Task Reading_EverythingGoesWrongOnce_IsReadAllTheSame(string trouble)
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var store = S3Server.Open(S3Server.NewStore(proxy.Url, "&timeout=1s"), time: new InstantTime());
        await store.PutIfAbsentAsync("a/b", Samples.Bytes(Samples.Random(10_000)));
        var seen = new HashSet<string>();
        proxy.Plan = request =>
        {
            lock (seen) return seen.Add(request.Method + request.Path) ? Enum.Parse<Trouble>(trouble) : Trouble.None;
        };

        Assert.Equal(Samples.Random(10_000), (await store.GetAsync("a/b"))!);
        Assert.Equal(Samples.Random(10_000)[500..600], (await store.GetRangeAsync("a/b", 500, 100))!);
        Assert.Equal(10_000, await store.SizeAsync("a/b"));
        Assert.NotNull(await store.AgeAsync("a/b"));
        Assert.Equal(["a/b"], (await store.ListAsync("").ToListAsync()).Select(o => o.Key));
        Assert.Equal(["a"], await store.ListFoldersAsync("").ToListAsync());
        await store.DeleteAsync("a/b");
        Assert.Null(await store.GetAsync("a/b"));
    }

    [Theory]
    [InlineData("ExpiredToken", "400 Bad Request")]
    [InlineData("InvalidAccessKeyId", "403 Forbidden")]
    [InlineData("Unauthorized", "401 Unauthorized")]
    public async Task AnyRequest_CredentialsNotAccepted_AreReadAgain(string code, string status)
    {
        using var proxy = new FaultProxy(S3Server.Url);
        var credentials = new RotatingCredentials();
        var store = S3Server.Open(S3Server.NewStore(proxy.Url), credentials);
        proxy.Answer = request => request.Head.Contains("Credential=old/", StringComparison.Ordinal) ? (status, FaultProxy.Error(code)) : null;

        Assert.Equal(PutOutcome.Stored, await store.PutIfAbsentAsync("a", Samples.Bytes(1)));
        Assert.Equal([1], (await store.GetAsync("a"))!);

        Assert.Equal(2, credentials.Read);
    }

    [Theory]
    [InlineData("sse=AES256", "x-amz-server-side-encryption: AES256")]
    [InlineData("sse=aws:kms:dsse", "x-amz-server-side-encryption: aws:kms:dsse")]
    [InlineData("sse=aws:kms&kms-key=the-key", "x-amz-server-side-encryption-aws-kms-key-id: the-key")]
    [InlineData("checksum=when-supported", "x-amz-checksum-")]
    public async Task PutIfAbsentAsync_WithOption_AsksForIt(string option, string header)
    {
        using var proxy = new FaultProxy(null) { Answer = _ => ("200 OK", "") };
        await S3Server.Open($"s3://bucket/x?endpoint={proxy.Url}&{option}", new BasicAWSCredentials("a", "b")).PutIfAbsentAsync("a", Samples.Bytes(1));
        Assert.Contains(header, Assert.Single(proxy.Requests).Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task PutIfAbsentAsync_WithAKeyOfTheServers_IsEncryptedThere()
    {
        var store = S3Server.NewStore(options: "&sse=aws:kms&kms-key=flowgen-key");
        await S3Server.Open(store).PutIfAbsentAsync("a", Samples.Bytes(Samples.Random(100_000)));

        Assert.Equal(Samples.Random(100_000), (await S3Server.Open(store).GetAsync("a"))!);
        Assert.Equal(Samples.Random(100_000)[70_000..70_010], (await S3Server.Open(store).GetRangeAsync("a", 70_000, 10))!);
        using var client = S3Server.Client();
        var seen = await client.GetObjectMetadataAsync(S3Server.Bucket, S3Location.Parse(store, _ => null).Prefix + "a");
        Assert.Equal(("aws:kms", "flowgen-key"), (seen.ServerSideEncryptionMethod.Value, seen.ServerSideEncryptionKeyManagementServiceKeyId));
    }

    [Fact]
    public async Task PutIfAbsentAsync_WithChecksumsOfTheSdk_IsStored()
    {
        var store = S3Server.Open(S3Server.NewStore(options: "&checksum=when-supported"));
        Assert.Equal(PutOutcome.Stored, await store.PutIfAbsentAsync("a", Samples.Bytes(1)));
        Assert.Equal(PutOutcome.Exists, await store.PutIfAbsentAsync("a", Samples.Bytes(2)));
        Assert.Equal([1], (await store.GetAsync("a"))!);
    }

    [Fact]
    public async Task ListAsync_NamesOfOthers_AreIgnored()
    {
        var text = S3Server.NewStore();
        var (store, prefix) = (S3Server.Open(text), S3Location.Parse(text, _ => null).Prefix);
        await store.PutIfAbsentAsync("runs/a", Samples.Bytes(1));
        using var client = S3Server.Client();
        foreach (var name in new[] { "README.md", "runs/.DS_Store", "runs/A", "runs/ü x", "runs/a%2Fb", "runs/", "Folder/x", "tmp/x" })
            await client.PutObjectAsync(new() { BucketName = S3Server.Bucket, Key = prefix + name, ContentBody = "x", UseChunkEncoding = false });

        Assert.Equal(["runs/a"], (await store.ListAsync("").ToListAsync()).Select(o => o.Key));
        Assert.Equal(["runs"], await store.ListFoldersAsync("").ToListAsync());
    }

    [Fact]
    public async Task RequestGate_ServerAsksToBeSlower_HalvesAndRecovers()
    {
        var time = new FakeTimeProvider();
        var gate = new RequestGate(8, time);
        for (var i = 0; i < 8; i++) Assert.True(gate.EnterAsync(default).AsTask().IsCompletedSuccessfully);
        using var given = new CancellationTokenSource();
        var ninth = gate.EnterAsync(default).AsTask();
        var tenth = gate.EnterAsync(given.Token).AsTask();
        Assert.False(ninth.IsCompleted);

        gate.Leave(slowDown: true);
        gate.Leave(slowDown: true); // the same wave of refusals counts once
        Assert.Equal(4, gate.Limit);
        time.Advance(TimeSpan.FromSeconds(1));
        gate.Leave(slowDown: true);
        Assert.Equal(2, gate.Limit);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await tenth);

        for (var i = 0; i < 4; i++) gate.Leave(slowDown: false);
        await ninth;
        for (var i = 0; i < 40; i++)
        {
            gate.Leave(slowDown: false);
            Assert.True(gate.EnterAsync(default).AsTask().IsCompletedSuccessfully);
        }
        Assert.Equal(8, gate.Limit);
    }

    /// <summary>Credentials that are out of date when they are first used.</summary>
    private sealed class RotatingCredentials : RefreshingAWSCredentials
    {
        public int Read { get; private set; }

        protected override CredentialsRefreshState GenerateNewCredentials() => new()
        {
            Credentials = Read++ == 0 ? new ImmutableCredentials("old", "old", null) : new ImmutableCredentials("flowgen-test", "flowgen-test-secret", null),
            Expiration = DateTime.UtcNow.AddHours(1),
        };

        protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());
    }
}
