using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FlowGen.Storage;

namespace FlowGen.S3;

/// <summary>
/// A store in a bucket, or in a part of one (C3). An object is put with <c>If-None-Match: *</c>, so of many writers exactly one wins; when the answer is lost, or is
/// that there is one already, the object is read back. Every object is one request, for none is larger than 8 MiB.
/// </summary>
internal sealed class S3Store : IObjectStore
{
    /// <summary>How long a put that got no sure answer is repeated here; the driver of a run goes on with the same bytes.</summary>
    private static readonly TimeSpan PutDeadline = TimeSpan.FromSeconds(30);

    private static readonly Func<FailureKind, (bool, bool)> MissingIsFine = static kind => (kind is FailureKind.Missing or FailureKind.NotFound, false);

    private readonly S3Location _location;
    private readonly S3Connection _connection;
    private readonly S3Calls _calls;
    private readonly TimeProvider _time;

    public S3Store(S3Location location, AWSCredentials? credentials = null, TimeProvider? time = null, HttpMessageHandler? server = null)
    {
        (_location, _time) = (location, time ?? TimeProvider.System);
        _connection = new S3Connection(location, credentials, server);
        _calls = new S3Calls(_connection, _time);
    }

    public string Location => _location.Text;

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var name = NameOf(key);
        return ReadBack.ResolveAsync(this, key, content, SendAsync, PutDeadline, _time, cancel);

        async ValueTask<PutAnswer> SendAsync(CancellationToken c)
        {
            var (_, failure) = await _calls.OnceAsync((client, limit) => client.PutObjectAsync(Put(name, content, onlyIfAbsent: true), limit.Token), content.Length, c).ConfigureAwait(false);
            return failure?.Kind switch
            {
                null => PutAnswer.Stored,
                FailureKind.Exists => PutAnswer.Exists,
                FailureKind.Unsure or FailureKind.Throttled => PutAnswer.Unknown,
                _ => throw failure.Error,
            };
        }
    }

    public async ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var name = NameOf(key);
        await _calls.RepeatAsync((client, limit) => client.PutObjectAsync(Put(name, content, onlyIfAbsent: false), limit.Token), null, content.Length, cancel).ConfigureAwait(false);
    }

    /// <remarks>An object that is larger than any of FlowGen's is not one, whoever put it there: it is not read to its end.</remarks>
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => GetBytesAsync(NameOf(key), null, Envelope.MaxContent + Envelope.Overhead + 1, cancel);

    public ValueTask<int?> GetAsync(string key, Memory<byte> buffer, CancellationToken cancel = default) => ReadAsync<int?>(NameOf(key), null, async (answer, limit) =>
    {
        if (answer.ContentLength <= buffer.Length) await FillAsync(answer, buffer[..(int)answer.ContentLength], limit).ConfigureAwait(false);
        return (int)Math.Min(answer.ContentLength, int.MaxValue);
    }, 0, cancel);

    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default)
    {
        var name = NameOf(key);
        // A range of no bytes cannot be asked for.
        if (length == 0) return await SizeAsync(key, cancel).ConfigureAwait(false) is null ? null : [];
        return await GetBytesAsync(name, new ByteRange(offset, offset + length - 1), length, cancel).ConfigureAwait(false);
    }

    public async ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => (await AskAsync(NameOf(key), cancel).ConfigureAwait(false))?.Size;

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var page in PagesAsync(ObjectKey.CheckPrefix(prefix), after, null, cancel).ConfigureAwait(false))
        {
            foreach (var found in page.S3Objects ?? [])
            {
                var key = KeyOf(found.Key);
                if (ObjectKey.IsValid(key)) yield return new StoredObject(key, found.Size ?? 0, found.LastModified is { } written ? new DateTimeOffset(written.ToUniversalTime()) : default);
            }
        }
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var order = new FolderOrder();
        await foreach (var page in PagesAsync(ObjectKey.CheckPrefix(prefix), null, "/", cancel).ConfigureAwait(false))
        {
            foreach (var found in page.CommonPrefixes ?? [])
            {
                var name = KeyOf(found)[prefix.Length..].TrimEnd('/');
                if (!ObjectKey.IsValid(prefix + name)) continue;
                foreach (var ready in order.Add(name)) yield return ready;
            }
        }
        foreach (var last in order.End()) yield return last;
    }

    public async ValueTask DeleteAsync(string key, CancellationToken cancel = default)
    {
        var request = new DeleteObjectRequest { BucketName = _location.Bucket, Key = NameOf(key) };
        await _calls.RepeatAsync(async (client, limit) =>
        {
            await client.DeleteObjectAsync(request, limit.Token).ConfigureAwait(false);
            return true;
        }, MissingIsFine, 0, cancel).ConfigureAwait(false);
    }

    public async ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => (await AskAsync(NameOf(key), cancel).ConfigureAwait(false))?.Age;

    /// <summary>
    /// Length and age of an object. Its first byte is asked for, since the answers to HEAD have no content: they would not say what is wrong (expired credentials are a bare
    /// 400). The age is the difference of two times of one answer, both by the server's clock (H1).
    /// </summary>
    private async ValueTask<(long Size, TimeSpan Age)?> AskAsync(string name, CancellationToken cancel)
    {
        var first = new GetObjectRequest { BucketName = _location.Bucket, Key = name, ByteRange = new ByteRange(0, 0) };
        var (isThere, size, age) = await _calls.RepeatAsync<(bool IsThere, long? Size, TimeSpan Age)>(async (client, limit) =>
        {
            _connection.Dates.Ask(first);
            using var answer = await client.GetObjectAsync(first, limit.Token).ConfigureAwait(false);
            var total = answer.ContentRange is { } range ? long.Parse(range.AsSpan(range.LastIndexOf('/') + 1), CultureInfo.InvariantCulture) : answer.ContentLength;
            if (answer.ContentLength == 1) await answer.ResponseStream.CopyToAsync(Stream.Null, limit.Token).ConfigureAwait(false);
            return (true, total, AgeOf(first, answer.LastModified));
        }, static kind => kind == FailureKind.BeyondEnd ? (true, (true, null, default)) : (kind == FailureKind.Missing, default), 0, cancel).ConfigureAwait(false);
        if (!isThere) return null;
        if (size is { } known) return (known, age);

        var empty = new GetObjectMetadataRequest { BucketName = _location.Bucket, Key = name };
        return await _calls.RepeatAsync<(long, TimeSpan)?>(async (client, limit) =>
        {
            _connection.Dates.Ask(empty);
            var answer = await client.GetObjectMetadataAsync(empty, limit.Token).ConfigureAwait(false);
            return (answer.ContentLength, AgeOf(empty, answer.LastModified));
        }, static kind => (kind is FailureKind.Missing or FailureKind.NotFound, null), 0, cancel).ConfigureAwait(false);
    }

    private TimeSpan AgeOf(AmazonWebServiceRequest request, DateTime? written)
    {
        var age = _connection.Dates.Of(request) - written?.ToUniversalTime() ?? TimeSpan.Zero;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private ValueTask<byte[]?> GetBytesAsync(string name, ByteRange? range, int most, CancellationToken cancel) => ReadAsync<byte[]?>(name, range, async (answer, limit) =>
    {
        var content = GC.AllocateUninitializedArray<byte>((int)Math.Min(answer.ContentLength, most));
        await FillAsync(answer, content, limit).ConfigureAwait(false);
        return content;
    }, [], cancel);

    /// <summary>Reads an object; the default if there is none.</summary>
    /// <param name="name">Its name in the bucket.</param>
    /// <param name="range">The part that is wanted.</param>
    /// <param name="read">Takes the content. Called again if the connection breaks.</param>
    /// <param name="beyondEnd">The answer if the range begins behind the object's end.</param>
    /// <param name="cancel">Nobody wants it any more.</param>
    private ValueTask<T?> ReadAsync<T>(string name, ByteRange? range, Func<GetObjectResponse, SilenceLimit, Task<T?>> read, T? beyondEnd, CancellationToken cancel)
    {
        var request = new GetObjectRequest { BucketName = _location.Bucket, Key = name, ByteRange = range };
        return _calls.RepeatAsync(async (client, limit) =>
        {
            using var answer = await client.GetObjectAsync(request, limit.Token).ConfigureAwait(false);
            // A page for people, such as a web console's.
            if (answer.Headers.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true) throw _connection.Errors.NoS3(null).Error;
            return await read(answer, limit).ConfigureAwait(false);
        }, kind => kind == FailureKind.BeyondEnd ? (true, beyondEnd) : (kind == FailureKind.Missing, default), 0, cancel);
    }

    private static async Task FillAsync(GetObjectResponse answer, Memory<byte> content, SilenceLimit limit)
    {
        for (var read = 0; read < content.Length;)
        {
            limit.Heard();
            var count = await answer.ResponseStream.ReadAsync(content[read..], limit.Token).ConfigureAwait(false);
            if (count == 0) throw new EndOfStreamException("the answer ended too early");
            read += count;
        }
    }

    private async IAsyncEnumerable<ListObjectsV2Response> PagesAsync(string prefix, string? after, string? delimiter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = _location.Bucket,
            Prefix = _location.Prefix + prefix,
            StartAfter = after is null ? null : _location.Prefix + after,
            Delimiter = delimiter,
            Encoding = EncodingType.Url, // names of others may hold what XML cannot
        };
        do
        {
            var page = await _calls.RepeatAsync((client, limit) => client.ListObjectsV2Async(request, limit.Token), null, 0, cancel).ConfigureAwait(false);
            yield return page;
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private PutObjectRequest Put(string name, in ReadOnlySequence<byte> content, bool onlyIfAbsent) => new()
    {
        BucketName = _location.Bucket,
        Key = name,
        InputStream = new SequenceStream(content),
        ContentType = "application/octet-stream",
        IfNoneMatch = onlyIfAbsent ? "*" : null,
        // Many servers do not know content in signed pieces. Over HTTPS the content needs no signature.
        UseChunkEncoding = false,
        DisablePayloadSigning = _connection.IsSecure,
        ServerSideEncryptionMethod = _location.Options.Encryption is { } method ? ServerSideEncryptionMethod.FindValue(method) : null,
        ServerSideEncryptionKeyManagementServiceKeyId = _location.Options.EncryptionKey,
    };

    private string NameOf(string key) => _location.Prefix + ObjectKey.Check(key);

    private string KeyOf(string listed) => Uri.UnescapeDataString(listed)[_location.Prefix.Length..];
}
