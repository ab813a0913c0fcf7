namespace FlowGen.Scheduling;

/// <summary>Tasks still to be looked at, first in, first out; neighbours stay together.</summary>
internal sealed class WorkList
{
    private readonly List<(StepState Step, int First, int Count)> _items = [];
    private int _next;

    public void Add(StepState step, int first, int count)
    {
        if (count == 0) return;
        if (_items.Count > _next && _items[^1] is var last && last.Step == step && last.First + last.Count == first) _items[^1] = (step, last.First, last.Count + count);
        else _items.Add((step, first, count));
    }

    public bool TryTake(out (StepState Step, int First, int Count) item)
    {
        item = default;
        if (_next == _items.Count) return false;
        item = _items[_next++];
        if (_next < _items.Count) return true;
        _items.Clear();
        _next = 0;
        return true;
    }
}
