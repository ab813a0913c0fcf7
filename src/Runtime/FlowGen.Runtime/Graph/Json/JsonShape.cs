using System.Text.Json;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>
/// What the values of a type look like in JSON that people write. A shape turns JSON into the encoding that the type's codec reads, so objects are made in one place only;
/// it knows what the encoding does not say: which member is wrong, and what was expected there.
/// </summary>
public abstract class JsonShape
{
    private protected JsonShape() { }

    /// <summary>What a value is, as people would say it.</summary>
    internal abstract string Expected { get; }

    /// <summary>Whether a value is one token, so that it can be a key.</summary>
    internal virtual bool IsScalar => false;

    /// <summary>Whether a value is a list, of items with this shape.</summary>
    internal virtual JsonShape? Item => null;

    /// <summary>Writes what the codec reads; the reader stands on the first token of the value and then on its last.</summary>
    internal abstract void Write(ref Utf8JsonReader json, ref MessagePackWriter writer);

    /// <summary>Writes a value that is given as a text of its own: a key, or an item on the command line.</summary>
    internal abstract void WriteText(string text, ref MessagePackWriter writer);

    /// <summary>A value, for help.</summary>
    /// <param name="depth">How many objects may lie in one another.</param>
    internal abstract string Example(int depth);

    private protected void WriteJsonText(string text, ref MessagePackWriter writer)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        JsonInput.Parse(text, (ref Utf8JsonReader json) =>
        {
            var inner = new MessagePackWriter(buffer);
            Write(ref json, ref inner);
            inner.Flush();
            return true;
        });
        writer.WriteRaw(buffer.WrittenSpan);
    }
}
