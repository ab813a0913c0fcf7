using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>An attempt that is running.</summary>
internal sealed class RunningTask(TaskAddress address, int attempt, long since)
{
    private const int TailLength = 10;
    private Queue<string>? _tail;

    public TaskAddress Address { get; } = address;
    public int Attempt { get; } = attempt;
    public long Since { get; } = since;
    public double? Fraction { get; set; }
    public string? Message { get; set; }

    /// <summary>The last lines it wrote.</summary>
    public IReadOnlyCollection<string> Tail => _tail ?? (IReadOnlyCollection<string>)[];

    public void Add(string line)
    {
        _tail ??= new Queue<string>(TailLength);
        if (_tail.Count == TailLength) _tail.Dequeue();
        _tail.Enqueue(line);
    }
}
