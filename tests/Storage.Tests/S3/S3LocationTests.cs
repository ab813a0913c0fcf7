using FlowGen;
using FlowGen.S3;

namespace Storage.Tests.S3;

public sealed class S3LocationTests
{
    private static S3Location Parse(string text, string? variable = null) => S3Location.Parse(text, name => name == "FLOWGEN_S3_OPTIONS" ? variable : null);

    [Theory]
    [InlineData("s3://bucket", "bucket", "")]
    [InlineData("s3://bucket/", "bucket", "")]
    [InlineData("S3://my.bucket-1/team_a/Flows.v2=x/", "my.bucket-1", "team_a/Flows.v2=x/")]
    public void Parse_BucketAndPrefix_AreWhatTheUrlSays(string text, string bucket, string prefix)
    {
        var location = Parse(text);
        Assert.Equal((text, bucket, prefix), (location.Text, location.Bucket, location.Prefix));
    }

    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        var options = Parse("s3://bucket/x?endpoint=https%3A%2F%2Fhost:9000&region=eu-central-1&profile=team&path-style=false&sse=aws:kms&kms-key=arn:aws:kms:eu:1:key/2&checksum=when-supported&timeout=2m&max-requests=8").Options;
        Assert.Equal(new S3Options
        {
            Endpoint = "https://host:9000", Region = "eu-central-1", Profile = "team", PathStyle = false, Encryption = "aws:kms", EncryptionKey = "arn:aws:kms:eu:1:key/2",
            Checksums = true, Timeout = TimeSpan.FromMinutes(2), MaxRequests = 8,
        }, options);
    }

    [Fact]
    public void Parse_Variable_GivesWhatTheUrlDoesNot()
    {
        var options = Parse("s3://bucket/x?region=eu-west-1", "region=us-east-2&timeout=10s").Options;
        Assert.Equal(("eu-west-1", TimeSpan.FromSeconds(10)), (options.Region, options.Timeout));
    }

    [Theory]
    [InlineData("s3://", "bucket ''")]
    [InlineData("s3:///x", "bucket ''")]
    [InlineData("s3://b/x", "bucket 'b'")]
    [InlineData("s3://buc ket/x", "bucket 'buc ket'")]
    [InlineData("s3://bucket/a//b", "prefix 'a//b'")]
    [InlineData("s3://bucket/../b", "prefix '../b'")]
    [InlineData("s3://bucket/ä", "prefix 'ä'")]
    [InlineData("s3://bucket?regoin=x", "did you mean 'region'?")]
    [InlineData("s3://bucket?colour=red", "there are checksum, endpoint")]
    [InlineData("s3://bucket?endpoint=minio:9000", "must be a URL such as https://minio.example.com")]
    [InlineData("s3://bucket?endpoint=https://me:secret@minio", "must be a URL such as https://minio.example.com")]
    [InlineData("s3://bucket?path-style=yes", "must be true or false")]
    [InlineData("s3://bucket?sse=none", "must be AES256, aws:kms or aws:kms:dsse")]
    [InlineData("s3://bucket?timeout=0s", "must be a duration from 1s to 1h")]
    [InlineData("s3://bucket?timeout=soon", "must be a duration from 1s to 1h")]
    [InlineData("s3://bucket?max-requests=0", "must be a number from 1 to 1024")]
    [InlineData("s3://bucket?kms-key=x", "goes with sse=aws:kms only")]
    [InlineData("s3://bucket?checksum", "must be when-required or when-supported")]
    public void Parse_Mistake_SaysWhatIsWrong(string text, string part)
    {
        var error = Assert.Throws<FlowException>(() => Parse(text));
        Assert.Equal(("FG1130", 4), (error.Code, error.ExitCode));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PasswordInTheUrl_IsRefusedAndNotRepeated()
    {
        var error = Assert.Throws<FlowException>(() => Parse("s3://key:swordfish@bucket/x"));
        Assert.Equal("FG1130", error.Code);
        Assert.DoesNotContain("swordfish", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MistakeInTheVariable_NamesIt() =>
        Assert.Contains("FLOWGEN_S3_OPTIONS", Assert.Throws<FlowException>(() => Parse("s3://bucket", "regoin=x")).Message, StringComparison.Ordinal);
}
