using System.Collections.Frozen;
using System.Collections.Immutable;
using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

public class CanonicalEncodingTests
{
    private static readonly Gen<string[]> Keys = Gen.String[Gen.Char.AlphaNumeric, 0, 12].Array[0, 60].Select(keys => keys.Distinct().ToArray());

    [Fact]
    public void Sets_OfEqualItems_HaveEqualBytes() => Gen.Select(Keys, Gen.Int).Sample((keys, seed) =>
    {
        var other = Shuffled(keys, seed);
        var bytes = Wire.Encode<HashSet<string>, HashSetCodec<string, StringCodec>>([.. keys]);
        Assert.Equal(bytes, Wire.Encode<HashSet<string>, HashSetCodec<string, StringCodec>>(WithHistory(other)));
        Assert.Equal(bytes, Wire.Encode<ImmutableHashSet<string>, ImmutableHashSetCodec<string, StringCodec>>([.. other]));
        Assert.Equal(bytes, Wire.Encode<FrozenSet<string>, FrozenSetCodec<string, StringCodec>>(other.ToFrozenSet()));
        Assert.Equal(bytes, Wire.Encode<SortedSet<string>, SortedSetCodec<string, StringCodec>>([.. other]));
        Assert.Equal(bytes, Wire.Encode<HashSet<string>, HashSetCodec<string, StringCodec>>(new(other, StringComparer.Ordinal)));
    }, iter: 300, threads: 1);

    [Fact]
    public void Maps_OfEqualEntries_HaveEqualBytes() => Gen.Select(Keys, Gen.Int).Sample((keys, seed) =>
    {
        var map = keys.ToDictionary(key => key, key => key.Length);
        var other = Shuffled(keys, seed).ToDictionary(key => key, key => key.Length);
        var bytes = Wire.Encode<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(map);
        Assert.Equal(bytes, Wire.Encode<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(other));
        Assert.Equal(bytes, Wire.Encode<ImmutableDictionary<string, int>, ImmutableDictionaryCodec<string, StringCodec, int, Int32Codec>>(other.ToImmutableDictionary()));
        Assert.Equal(bytes, Wire.Encode<IReadOnlyDictionary<string, int>, ReadOnlyDictionaryInterfaceCodec<string, StringCodec, int, Int32Codec>>(other.ToFrozenDictionary()));
    }, iter: 300, threads: 1);

    [Fact]
    public void Keys_AreOrdered_ByTheirEncodedBytes() => Gen.String[0, 40].Where(text => !text.Any(char.IsSurrogate)).Array[0, 40].Sample(texts =>
    {
        var set = texts.ToHashSet();
        var expected = set.Select(Wire.Encode<string, StringCodec>).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).SelectMany(key => key);
        Assert.Equal(expected, Wire.Encode<HashSet<string>, HashSetCodec<string, StringCodec>>(set).SkipWhile((code, i) => i < (set.Count < 16 ? 1 : 3)));
    }, iter: 300, threads: 1);

    [Fact]
    public void Lists_OfOtherGrowth_HaveEqualBytes()
    {
        var grown = new List<string>(1000);
        for (var i = 0; i < 100; i++) grown.Add($"{i}");
        grown.RemoveRange(3, 97);
        Assert.Equal(Wire.Encode<List<string>, ListCodec<string, StringCodec>>(["0", "1", "2"]), Wire.Encode<List<string>, ListCodec<string, StringCodec>>(grown));
    }

    [Fact]
    public void Comparers_OfStrings_AreKept()
    {
        var map = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        var read = Wire.Decode<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(
            Wire.Encode<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(map));
        Assert.Equal(1, read["kEY"]);
        var sorted = new SortedSet<string>(StringComparer.Ordinal) { "b", "B" };
        Assert.Equal(StringComparer.Ordinal, Again<SortedSet<string>, SortedSetCodec<string, StringCodec>>(sorted).Comparer);
        Assert.Equal(StringComparer.OrdinalIgnoreCase, Again<HashSet<string>, HashSetCodec<string, StringCodec>>(new(StringComparer.OrdinalIgnoreCase)).Comparer);
        Assert.Equal(StringComparer.OrdinalIgnoreCase, Again<FrozenSet<string>, FrozenSetCodec<string, StringCodec>>(FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "a")).Comparer);
        Assert.Equal(StringComparer.OrdinalIgnoreCase, Again<ImmutableSortedDictionary<string, int>, ImmutableSortedDictionaryCodec<string, StringCodec, int, Int32Codec>>(
            ImmutableSortedDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase)).KeyComparer);
        Assert.True(Again<IReadOnlySet<string>, ReadOnlySetInterfaceCodec<string, StringCodec>>(new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }).Contains("A"));
    }

    [Fact]
    public void Comparers_OfOtherKinds_AreRefused()
    {
        var error = Assert.Throws<ArtifactException>(() => Wire.Encode<HashSet<int>, HashSetCodec<int, Int32Codec>>(new(new Parity())));
        Assert.Equal("a collection with the comparer Parity; only the default, Ordinal and OrdinalIgnoreCase are kept, so copy it into a collection with one of these.", error.Message);
        Assert.Throws<ArtifactException>(() => Wire.Encode<SortedSet<string>, SortedSetCodec<string, StringCodec>>(new(StringComparer.InvariantCultureIgnoreCase)));
        Assert.Throws<ArtifactException>(() => Wire.Encode<ImmutableDictionary<int, int>, ImmutableDictionaryCodec<int, Int32Codec, int, Int32Codec>>(
            ImmutableDictionary.Create<int, int>(null, new Parity())));
    }

    [Fact]
    public void Keys_OfEqualContent_AreRefused()
    {
        var set = new HashSet<int[]> { new[] { 1 }, new[] { 1 } };
        Assert.Throws<ArtifactException>(() => Wire.Encode<HashSet<int[]>, HashSetCodec<int[], ArrayCodec<int, Int32Codec>>>(set));
    }

    private static T Again<T, TCodec>(T value) where TCodec : struct, ICodec<T> => Wire.Decode<T, TCodec>(Wire.Encode<T, TCodec>(value));

    private static string[] Shuffled(string[] keys, int seed)
    {
        var copy = keys.ToArray();
        new Random(seed).Shuffle(copy);
        return copy;
    }

    private static HashSet<string> WithHistory(string[] keys)
    {
        var set = new HashSet<string>(["gone1!", "gone2!", .. keys]);
        set.Remove("gone1!");
        set.Remove("gone2!");
        return set;
    }

    private sealed class Parity : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x % 2 == y % 2;

        public int GetHashCode(int obj) => obj % 2;
    }
}
