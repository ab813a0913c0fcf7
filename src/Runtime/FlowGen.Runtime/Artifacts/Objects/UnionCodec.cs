using System.Text;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>What the emitted codecs of unions have in common: a value is a map from the name of its type to what the type's codec writes; with MessagePack's numbers, an array of both.</summary>
public static class UnionCodec
{
    private const int ShownBytes = 40;

    /// <summary>Writes the name in front of a value.</summary>
    public static void WriteName(ref MessagePackWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteMapHeader(1);
        writer.WriteString(name);
    }

    /// <summary>Reads the name in front of a value.</summary>
    /// <exception cref="ArtifactFormatException">There is no map of one entry.</exception>
    public static ReadOnlySpan<byte> ReadName(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        return count == 1 ? ObjectCodec.ReadKey(ref reader) : throw new ArtifactFormatException($"A member of a union was expected, which is a map of one entry, and a map of {count} found.");
    }

    /// <summary>Writes the number in front of a value.</summary>
    public static void WriteNumber(ref MessagePackWriter writer, int number)
    {
        writer.WriteArrayHeader(2);
        writer.Write(number);
    }

    /// <summary>Reads the number in front of a value.</summary>
    /// <exception cref="ArtifactFormatException">There is no array of two values.</exception>
    public static int ReadNumber(ref MessagePackReader reader)
    {
        Expect.Array(ref reader, 2);
        return reader.ReadInt32();
    }

    /// <summary>Makes the exception for a value of a type that is not in the union.</summary>
    public static ArtifactException Outside(Type found, Type union, string members)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(union);
        var (name, declared) = (TypeNames.Of(found), TypeNames.Of(union));
        return new($"an object of type {name} where {declared} is declared, whose union has only {members}; add typeof({name}) to the union of {declared}, or return one of these.");
    }

    /// <summary>Makes the exception for a stored name that is not in the union.</summary>
    public static ArtifactFormatException Unknown(ReadOnlySpan<byte> name, string union, string members) =>
        Unknown(name.Length <= ShownBytes ? $"'{Encoding.UTF8.GetString(name)}'" : $"A name of {name.Length} bytes", union, members);

    /// <summary>Makes the exception for a stored number that is not in the union.</summary>
    public static ArtifactFormatException Unknown(int number, string union, string members) => Unknown($"{number}", union, members);

    private static ArtifactFormatException Unknown(string found, string union, string members) => new($"{found} is no member of the union {union}, which has {members}.");
}
