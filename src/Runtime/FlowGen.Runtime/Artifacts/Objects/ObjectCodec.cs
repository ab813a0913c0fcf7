using System.Buffers;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>What the emitted codecs of objects have in common. Objects are maps from member names to values; unknown members are skipped.</summary>
public static class ObjectCodec
{
    /// <summary>Reads the name of a member.</summary>
    public static ReadOnlySpan<byte> ReadKey(ref MessagePackReader reader) =>
        reader.TryReadStringSpan(out var key) ? key : (reader.ReadStringSequence() ?? throw Expect.NotNil("member name")).ToArray();

    /// <summary>Notes that a member was read.</summary>
    /// <exception cref="ArtifactFormatException">It had been read before.</exception>
    public static void Once(ref bool seen, string type, string member)
    {
        if (seen) throw new ArtifactFormatException($"The member {type}.{member} is there twice.");
        seen = true;
    }

    /// <summary>Makes the exception for a member that is not there.</summary>
    public static ArtifactFormatException Missing(string type, string member) =>
        new($"The member {type}.{member} is missing; give it a default value to read data that was stored without it.");

    /// <summary>Reads the header of an array of a fixed number of values.</summary>
    /// <exception cref="ArtifactFormatException">It has another number.</exception>
    public static void ReadArrayHeader(ref MessagePackReader reader, int count) => Expect.Array(ref reader, count);

    /// <summary>Skips one value, however deep it is: the reader's own way is recursive, and a few megabytes of nested arrays would overflow the stack.</summary>
    /// <exception cref="EndOfStreamException">The bytes end before it does.</exception>
    public static void Skip(ref MessagePackReader reader)
    {
        for (var values = 1L; values > 0; values--)
        {
            switch (reader.NextMessagePackType)
            {
                case MessagePackType.Array: values += reader.ReadArrayHeader(); break;
                case MessagePackType.Map: values += 2L * reader.ReadMapHeader(); break;
                default: SkipLeaf(ref reader); break;
            }
        }
    }

    private static void SkipLeaf(ref MessagePackReader reader)
    {
        try
        {
            reader.Skip();
        }
        catch (ArgumentOutOfRangeException e)
        {
            // To the reader a length of 2 GiB or more is a negative one.
            throw new EndOfStreamException("a length goes beyond the end", e);
        }
    }
}
