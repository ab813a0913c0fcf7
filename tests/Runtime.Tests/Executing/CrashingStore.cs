using System.Buffers;
using FlowGen;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>Lets a number of puts through and then kills the process, before or after that put has reached the store.</summary>
internal sealed class CrashingStore(IObjectStore inner, int puts, bool applied) : ForwardingStore(inner)
{
    private int _puts;

    public override async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var number = Interlocked.Increment(ref _puts);
        if (number > puts || (number == puts && !applied)) throw new FlowException("FG1109", "killed", 4);
        var outcome = await base.PutIfAbsentAsync(key, content, cancel);
        return number == puts ? throw new FlowException("FG1109", "killed", 4) : outcome;
    }
}
