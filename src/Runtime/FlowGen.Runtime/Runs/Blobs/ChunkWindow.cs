namespace FlowGen.Runs;

/// <summary>The chunks around a reader: who comes from the chunk before, or begins with the first, probably goes on, so the next ones are read ahead; who jumps gets the one chunk that is needed.</summary>
/// <param name="count">Number of chunks.</param>
/// <param name="behind">How many stay although the reader has passed them.</param>
/// <param name="start">Begins to read a chunk.</param>
/// <param name="release">Told when nobody will ask for a chunk that was read any more.</param>
internal sealed class ChunkWindow<T>(int count, int behind, Func<int, Task<T>> start, Action<T> release)
{
    private const int Ahead = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Task<T>> _loaded = [];
    private int _last = -1;

    public Task<T> LoadAsync(int chunk)
    {
        lock (_lock)
        {
            var ahead = chunk == _last + 1 ? Ahead : 0;
            _last = chunk;
            foreach (var old in _loaded.Keys)
                if (old < chunk - behind || old > chunk + Ahead) Drop(old);
            for (var next = chunk; next <= chunk + ahead && next < count; next++)
                if (!_loaded.ContainsKey(next)) _loaded.Add(next, start(next));
            return _loaded[chunk];
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (var chunk in _loaded.Keys) Drop(chunk);
        }
    }

    private void Drop(int chunk)
    {
        _loaded.Remove(chunk, out var task);
        task!.ContinueWith(static (done, release) => ((Action<T>)release!)(done.Result), release, CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
