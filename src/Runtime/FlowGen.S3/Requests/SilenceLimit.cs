namespace FlowGen.S3;

/// <summary>Ends one try of a request when the server is silent for too long, or when nobody wants the answer any more.</summary>
internal sealed class SilenceLimit : IDisposable
{
    private const int SlowestBytesPerSecond = 16 * 1024;

    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long nothing may come.</param>
    /// <param name="sent">Bytes that must be sent before anything can come.</param>
    /// <param name="cancel">Nobody wants the answer any more.</param>
    public SilenceLimit(TimeSpan patience, long sent, CancellationToken cancel)
    {
        _patience = patience;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _source.CancelAfter(patience + TimeSpan.FromSeconds(sent / SlowestBytesPerSecond));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something came.</summary>
    public void Heard() => _source.CancelAfter(_patience);

    public void Dispose() => _source.Dispose();
}
