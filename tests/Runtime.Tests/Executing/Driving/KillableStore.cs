using System.Buffers;
using FlowGen;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Driving;

/// <summary>A store as a process sees it that is killed: from then on it changes nothing any more.</summary>
internal sealed class KillableStore(IObjectStore inner) : ForwardingStore(inner)
{
    private int _left = int.MaxValue;

    public IObjectStore Inner { get; } = inner;

    public void Kill(int afterPuts = 0) => Volatile.Write(ref _left, afterPuts);

    public override ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) =>
        Volatile.Read(ref _left) != int.MaxValue && Interlocked.Decrement(ref _left) < 0 ? throw new FlowException("FG1109", "killed", 4) : base.PutIfAbsentAsync(key, content, cancel);

    public override ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) =>
        Volatile.Read(ref _left) <= 0 ? throw new FlowException("FG1109", "killed", 4) : base.PutAsync(key, content, cancel);
}
