using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

public class CollectionCodecTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char.AlphaNumeric, 0, 12];
    private static readonly Gen<string[]> Texts = Words.Array[0, 20];
    private static readonly Gen<Dictionary<string, int>> Maps = Gen.Dictionary(Words, Gen.Int)[0, 20];

    [Fact]
    public void Sequences_OfObjects_RoundTrip()
    {
        CodecLaws.Hold<string[], ArrayCodec<string, StringCodec>>(Texts, Same);
        CodecLaws.Hold<List<string>, ListCodec<string, StringCodec>>(Texts.Select(items => items.ToList()), Same);
        CodecLaws.Hold<IReadOnlyList<string>, ReadOnlyListInterfaceCodec<string, StringCodec>>(Texts.Select(items => (IReadOnlyList<string>)items.ToImmutableList()), Same);
        CodecLaws.Hold<IReadOnlyCollection<string>, ReadOnlyCollectionInterfaceCodec<string, StringCodec>>(Texts.Select(items => (IReadOnlyCollection<string>)new Queue<string>(items)), Same);
        CodecLaws.Hold<IList<string>, ListInterfaceCodec<string, StringCodec>>(Texts.Select(items => (IList<string>)items.ToList()), Same);
        CodecLaws.Hold<ICollection<string>, CollectionInterfaceCodec<string, StringCodec>>(Texts.Select(items => (ICollection<string>)items), Same);
        CodecLaws.Hold<Queue<string>, QueueCodec<string, StringCodec>>(Texts.Select(items => new Queue<string>(items)), Same);
        CodecLaws.Hold<Stack<string>, StackCodec<string, StringCodec>>(Texts.Select(items => new Stack<string>(items)), Same);
        CodecLaws.Hold<LinkedList<string>, LinkedListCodec<string, StringCodec>>(Texts.Select(items => new LinkedList<string>(items)), Same);
        CodecLaws.Hold<ReadOnlyCollection<string>, ReadOnlyCollectionCodec<string, StringCodec>>(Texts.Select(items => new ReadOnlyCollection<string>(items)), Same);
        CodecLaws.Hold<ImmutableArray<string>, ImmutableArrayCodec<string, StringCodec>>(Texts.Select(items => items.ToImmutableArray()), (a, b) => a.SequenceEqual(b));
        CodecLaws.Hold<ImmutableList<string>, ImmutableListCodec<string, StringCodec>>(Texts.Select(items => items.ToImmutableList()), Same);
        CodecLaws.Hold<Memory<string>, MemoryCodec<string, StringCodec>>(Texts.Select(items => items.AsMemory()), (a, b) => a.Span.SequenceEqual(b.Span));
        CodecLaws.Hold<ReadOnlyMemory<string>, ReadOnlyMemoryCodec<string, StringCodec>>(Texts.Select(items => (ReadOnlyMemory<string>)items), (a, b) => a.Span.SequenceEqual(b.Span));
        CodecLaws.Hold<KeyValuePair<string, int>, KeyValuePairCodec<string, StringCodec, int, Int32Codec>>(Gen.Select(Words, Gen.Int, KeyValuePair.Create));
    }

    [Fact]
    public void Sequences_OfPrimitives_AreBlocks()
    {
        Block<byte, ByteCodec>(Gen.Byte);
        Block<sbyte, SByteCodec>(Gen.SByte);
        Block<short, Int16Codec>(Gen.Short);
        Block<ushort, UInt16Codec>(Gen.UShort);
        Block<int, Int32Codec>(Gen.Int);
        Block<uint, UInt32Codec>(Gen.UInt);
        Block<long, Int64Codec>(Gen.Long);
        Block<ulong, UInt64Codec>(Gen.ULong);
        Block<Half, HalfCodec>(Gen.UShort.Select(BitConverter.UInt16BitsToHalf));
        Block<float, SingleCodec>(Gen.Float);
        Block<double, DoubleCodec>(Gen.Double);
        Block<char, CharCodec>(Gen.UShort.Select(code => (char)code));
        Block<bool, BooleanCodec>(Gen.Bool);
    }

    [Fact]
    public void DoubleArray_IsAnExtensionOfLittleEndianItems() =>
        Assert.Equal([0xd7, 10, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f], Wire.Encode<double[], ArrayCodec<double, DoubleCodec>>([1.0]));

    [Fact]
    public void ArraysOfSeveralDimensions_AnyShape_RoundTrip()
    {
        var lengths = Gen.Int[0, 5];
        CodecLaws.Hold<double[,], GridCodec<double[,], double, DoubleCodec>>(Gen.Select(lengths, lengths, (a, b) => Numbered(new double[a, b])), SameArray);
        CodecLaws.Hold<string[,,], GridCodec<string[,,], string, StringCodec>>(Gen.Select(lengths, lengths, lengths, (a, b, c) =>
        {
            var array = new string[a, b, c];
            for (var i = 0; i < array.Length; i++) array[i / (b * c), i / c % b, i % c] = $"{i}";
            return array;
        }), SameArray);
        CodecLaws.Hold<int[,,,], GridCodec<int[,,,], int, Int32Codec>>(Gen.Select(lengths, lengths, (a, b) => new int[a, b, 2, 1]), SameArray);
    }

    [Fact]
    public void Sets_AnyItems_RoundTrip()
    {
        var sets = Texts.Select(items => items.ToHashSet());
        CodecLaws.Hold<HashSet<string>, HashSetCodec<string, StringCodec>>(sets, (a, b) => a.SetEquals(b));
        CodecLaws.Hold<ISet<string>, SetInterfaceCodec<string, StringCodec>>(sets.Select(set => (ISet<string>)set), (a, b) => a.SetEquals(b));
        CodecLaws.Hold<IReadOnlySet<string>, ReadOnlySetInterfaceCodec<string, StringCodec>>(sets.Select(set => (IReadOnlySet<string>)set.ToFrozenSet()), (a, b) => a.SetEquals(b));
        CodecLaws.Hold<SortedSet<string>, SortedSetCodec<string, StringCodec>>(sets.Select(set => new SortedSet<string>(set, StringComparer.Ordinal)), (a, b) => a.SequenceEqual(b));
        CodecLaws.Hold<ImmutableHashSet<string>, ImmutableHashSetCodec<string, StringCodec>>(sets.Select(set => set.ToImmutableHashSet()), (a, b) => a.SetEquals(b));
        CodecLaws.Hold<ImmutableSortedSet<string>, ImmutableSortedSetCodec<string, StringCodec>>(sets.Select(set => set.ToImmutableSortedSet()), (a, b) => a.SequenceEqual(b));
        CodecLaws.Hold<FrozenSet<string>, FrozenSetCodec<string, StringCodec>>(sets.Select(set => set.ToFrozenSet()), (a, b) => a.SetEquals(b));
    }

    [Fact]
    public void Maps_AnyEntries_RoundTrip()
    {
        CodecLaws.Hold<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps, SameMap);
        CodecLaws.Hold<IDictionary<string, int>, DictionaryInterfaceCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => (IDictionary<string, int>)map), SameMap);
        CodecLaws.Hold<IReadOnlyDictionary<string, int>, ReadOnlyDictionaryInterfaceCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => (IReadOnlyDictionary<string, int>)map.ToImmutableDictionary()), SameMap);
        CodecLaws.Hold<ReadOnlyDictionary<string, int>, ReadOnlyDictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => new ReadOnlyDictionary<string, int>(map)), SameMap);
        CodecLaws.Hold<SortedDictionary<string, int>, SortedDictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => new SortedDictionary<string, int>(map)), SameMap);
        CodecLaws.Hold<SortedList<string, int>, SortedListCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => new SortedList<string, int>(map)), SameMap);
        CodecLaws.Hold<OrderedDictionary<string, int>, OrderedDictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => new OrderedDictionary<string, int>(map)), (a, b) => a.SequenceEqual(b));
        CodecLaws.Hold<ImmutableDictionary<string, int>, ImmutableDictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => map.ToImmutableDictionary()), SameMap);
        CodecLaws.Hold<ImmutableSortedDictionary<string, int>, ImmutableSortedDictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => map.ToImmutableSortedDictionary()), SameMap);
        CodecLaws.Hold<FrozenDictionary<string, int>, FrozenDictionaryCodec<string, StringCodec, int, Int32Codec>>(Maps.Select(map => map.ToFrozenDictionary()), SameMap);
    }

    [Fact]
    public void Object_OfSubclass_IsRefused()
    {
        var error = Assert.Throws<ArtifactException>(() => Wire.Encode<List<int>, ListCodec<int, Int32Codec>>(new Numbers()));
        Assert.Equal("an object of type Numbers where List<Int32> is declared: the rest of it would be lost; declare Numbers.", error.Message);
        Assert.Throws<ArtifactException>(() => Wire.Encode<object[], ArrayCodec<object, AnythingCodec>>(new string[1]));
    }

    [Fact]
    public void ImmutableArray_Default_IsRefused() =>
        Assert.Throws<ArtifactException>(() => Wire.Encode<ImmutableArray<int>, ImmutableArrayCodec<int, Int32Codec>>(default));

    [Fact]
    public void Error_DeepInside_NamesThePath()
    {
        var value = new Dictionary<string, List<string>> { ["ok"] = ["a"], ["bad"] = ["a", null!] };
        var error = Assert.Throws<ArtifactException>(() => Wire.Encode<Dictionary<string, List<string>>, DictionaryCodec<string, StringCodec, List<string>, ListCodec<string, StringCodec>>>(value));
        Assert.StartsWith("[bad][1]: null where the type String", error.Message, StringComparison.Ordinal);
    }

    private static void Block<T, TCodec>(Gen<T> items) where TCodec : struct, ICodec<T>
    {
        var bytes = 0;
        CodecLaws.Hold<T[], ArrayCodec<T, TCodec>>(items.Array[0, 50], (a, b) => a.SequenceEqual(b));
        items.Array[40].Sample(array =>
        {
            bytes = Wire.Encode<T[], ArrayCodec<T, TCodec>>(array).Length;
            Assert.Equal(Wire.Encode<T[], ArrayCodec<T, TCodec>>(array), Wire.Encode<List<T>, ListCodec<T, TCodec>>([.. array]));
            Assert.Equal(array, Wire.Decode<List<T>, ListCodec<T, TCodec>>(Wire.Encode<T[], ArrayCodec<T, TCodec>>(array)));
        }, iter: 20, threads: 1);
        Assert.InRange(bytes, 40 * System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), 40 * System.Runtime.CompilerServices.Unsafe.SizeOf<T>() + 6);
    }

    private static double[,] Numbered(double[,] array)
    {
        for (var i = 0; i < array.Length; i++) array[i / array.GetLength(1), i % array.GetLength(1)] = i;
        return array;
    }

    private static bool Same(IEnumerable<string> a, IEnumerable<string> b) => a.SequenceEqual(b);

    private static bool SameMap(IEnumerable<KeyValuePair<string, int>> a, IEnumerable<KeyValuePair<string, int>> b) => a.ToHashSet().SetEquals(b);

    private static bool SameArray(Array a, Array b) =>
        a.Cast<object>().SequenceEqual(b.Cast<object>()) && Enumerable.Range(0, a.Rank).All(i => a.GetLength(i) == b.GetLength(i));

    private sealed class Numbers : List<int>;

    private readonly struct AnythingCodec : ICodec<object>
    {
        public static void Write(ref MessagePack.MessagePackWriter writer, object value) => writer.WriteNil();

        public static object Read(ref MessagePack.MessagePackReader reader) => reader.ReadNil();
    }
}
