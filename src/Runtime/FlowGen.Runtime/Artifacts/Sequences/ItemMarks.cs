using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>
/// Is told where items end while a collection is written. Codecs run without interruption on one thread: whoever wants to know waits there for the outermost sequence of the next value,
/// which takes it away before it writes its items.
/// </summary>
internal abstract class ItemMarks
{
    [ThreadStatic]
    private static ItemMarks? s_waiting;

    /// <summary>Waits for the next value of this thread, or stops waiting.</summary>
    public static void Await(ItemMarks? marks) => s_waiting = marks;

    /// <summary>Begins to write a sequence; <c>null</c> if nobody wants to know of it.</summary>
    public static ItemMarks? Take(ref MessagePackWriter writer)
    {
        if (s_waiting is not { } marks) return null;
        s_waiting = null;
        writer.Flush();
        return marks.IsAtStart ? marks : null;
    }

    /// <summary>The header of the sequence is written, and items follow.</summary>
    public void Begin(ref MessagePackWriter writer, ItemForm form)
    {
        writer.Flush();
        Begin(form);
    }

    /// <summary>So many more items are written.</summary>
    public void Add(ref MessagePackWriter writer, int count)
    {
        writer.Flush();
        Add(count);
    }

    /// <summary>Whether nothing is written yet: what is not all of a value is no collection.</summary>
    protected abstract bool IsAtStart { get; }

    protected abstract void Begin(ItemForm form);

    protected abstract void Add(int count);
}
