using System.Globalization;
using System.Net;
using System.Text;
using System.Web;

namespace Resilience.Tests.Faults;

/// <summary>An S3 server as far as a store needs one, without a network: so that every request of a run can go wrong in every way, in a moment. Listings come in pages of five.</summary>
internal sealed class S3InMemory : HttpMessageHandler
{
    private const int PageSize = 5;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Bytes, DateTimeOffset Written)> _objects = new(StringComparer.Ordinal);
    private (int Due, Action Apply)? _late;
    private int _requests, _at = int.MaxValue;
    private bool _dead;
    private RequestTrouble _trouble;

    /// <summary>Whether the request came to be.</summary>
    public bool WasHit => Volatile.Read(ref _requests) >= _at;

    /// <summary>From now on the n-th request goes wrong.</summary>
    public void Plan(int at, RequestTrouble trouble) => (_requests, _at, _trouble, _dead, _late) = (0, at, trouble, false, null);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (_lock)
        {
            _requests++;
            if (_dead) throw new FlowGen.FlowException("FG1109", "killed", 4);
            if (_late is var (due, apply) && _requests >= due)
            {
                _late = null;
                apply();
            }

            if (_requests != _at) return Answer(request, body);
            switch (_trouble)
            {
                case RequestTrouble.Killed:
                    _dead = true;
                    throw new FlowGen.FlowException("FG1109", "killed", 4);
                case RequestTrouble.KilledAfter:
                    Answer(request, body);
                    _dead = true;
                    throw new FlowGen.FlowException("FG1109", "killed", 4);
                case RequestTrouble.InternalError:
                    return Error(HttpStatusCode.InternalServerError, "InternalError");
                case RequestTrouble.SlowDown:
                    return Error(HttpStatusCode.ServiceUnavailable, "SlowDown");
                case RequestTrouble.Conflict when request.Method == HttpMethod.Put:
                    return Error(HttpStatusCode.Conflict, "ConditionalRequestConflict");
                case RequestTrouble.Reset:
                    throw new IOException("Connection reset by peer");
                case RequestTrouble.LostReply:
                    Answer(request, body);
                    throw new IOException("Connection reset by peer");
                case RequestTrouble.PartialReply:
                    return Half(Answer(request, body));
                case RequestTrouble.Silence:
                    throw new TaskCanceledException("nothing was heard");
                case RequestTrouble.Delayed when request.Method == HttpMethod.Put:
                    _late = (_requests + 4, () => Answer(request, body));
                    throw new IOException("Connection reset by peer");
                default:
                    return Answer(request, body);
            }
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, byte[] body)
    {
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath)[1..].Split('/', 2);
        var name = path.Length > 1 ? path[1] : "";
        if (name.Length == 0) return List(HttpUtility.ParseQueryString(request.RequestUri.Query));
        var isThere = _objects.TryGetValue(name, out var found);
        switch (request.Method.Method)
        {
            case "PUT" when isThere && request.Headers.IfNoneMatch.Count > 0:
                return Error(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
            case "PUT":
                _objects[name] = (body, TimeProvider.System.GetUtcNow());
                return new HttpResponseMessage(HttpStatusCode.OK) { Headers = { ETag = new("\"1\"") } };
            case "DELETE":
                _objects.Remove(name);
                return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        if (!isThere) return Error(HttpStatusCode.NotFound, "NoSuchKey");
        var (from, to) = request.Headers.Range?.Ranges.First() is { } range ? ((int)range.From!.Value, (int)Math.Min(range.To!.Value, found.Bytes.Length - 1)) : (0, found.Bytes.Length - 1);
        if (request.Headers.Range is not null && from >= found.Bytes.Length) return Error(HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange");
        var answer = new HttpResponseMessage(request.Headers.Range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent) { Content = new ByteArrayContent(found.Bytes[from..(to + 1)]) };
        if (request.Headers.Range is not null) answer.Content.Headers.ContentRange = new(from, to, found.Bytes.Length);
        answer.Content.Headers.LastModified = found.Written;
        answer.Headers.Date = TimeProvider.System.GetUtcNow();
        return answer;
    }

    /// <summary>A page begins after the last name of the one before it, and shows what is there when it is asked for.</summary>
    private HttpResponseMessage List(System.Collections.Specialized.NameValueCollection query)
    {
        var (prefix, delimiter, after) = (query["prefix"] ?? "", query["delimiter"], query["continuation-token"] ?? query["start-after"] ?? "");
        var entries = new List<(string Name, string Xml)>();
        foreach (var (name, (bytes, written)) in _objects)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var end = delimiter is null ? -1 : name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var shown = end < 0 ? name : name[..(end + 1)];
            if (string.CompareOrdinal(shown, after) <= 0 || entries.Count > 0 && entries[^1].Name == shown) continue;
            entries.Add((shown, end >= 0
                ? $"<CommonPrefixes><Prefix>{Uri.EscapeDataString(shown)}</Prefix></CommonPrefixes>"
                : string.Create(CultureInfo.InvariantCulture, $"<Contents><Key>{Uri.EscapeDataString(name)}</Key><Size>{bytes.Length}</Size><LastModified>{written:yyyy-MM-ddTHH:mm:ss.fffZ}</LastModified></Contents>")));
            if (entries.Count > PageSize) break;
        }

        var more = entries.Count > PageSize;
        var page = more ? entries[..PageSize] : entries;
        return Xml(HttpStatusCode.OK, $"<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>{(more ? "true" : "false")}</IsTruncated>{(more ? $"<NextContinuationToken>{page[^1].Name}</NextContinuationToken>" : "")}{string.Concat(page.Select(entry => entry.Xml))}</ListBucketResult>");
    }

    private static HttpResponseMessage Half(HttpResponseMessage whole)
    {
        var bytes = whole.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        var half = new StreamContent(new CutStream(bytes));
        foreach (var (name, values) in whole.Content.Headers) half.Headers.TryAddWithoutValidation(name, values);
        half.Headers.ContentLength = bytes.Length;
        whole.Content = half;
        return whole;
    }

    private static HttpResponseMessage Error(HttpStatusCode status, string code) => Xml(status, $"<Error><Code>{code}</Code><Message>as the test wants it</Message></Error>");

    private static HttpResponseMessage Xml(HttpStatusCode status, string content) =>
        new(status) { Content = new StringContent($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{content}", Encoding.UTF8, "application/xml") };

    /// <summary>Gives half of its content, then the connection breaks; of no content there is no other half.</summary>
    private sealed class CutStream(byte[] content) : Stream
    {
        private int _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = Math.Min(count, (content.Length / 2) - _at);
            if (given == 0 && count > 0 && content.Length > 0) throw new IOException("The response ended prematurely.");
            Array.Copy(content, _at, buffer, offset, given);
            _at += given;
            return given;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
