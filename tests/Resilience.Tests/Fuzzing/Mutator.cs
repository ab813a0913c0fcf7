namespace Resilience.Tests.Fuzzing;

/// <summary>Changes valid inputs as damage and malice do: bits, lengths that nobody delivers, parts that are gone, doubled, exchanged or from elsewhere.</summary>
internal sealed class Mutator(Random random)
{
    /// <summary>First bytes of MessagePack values whose length or number follows, and what is at the edges.</summary>
    private static readonly byte[] s_codes = [0x80, 0x90, 0x9f, 0xa0, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf, 0xd0, 0xd3, 0xd4, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff];

    private static readonly byte[][] s_numbers =
    [
        [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0, 0, 0xff, 0xff], [0, 0x10, 0, 0], [0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0], [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xd2, 0xff, 0xff, 0xff, 0xff],
    ];

    public byte[] Next(IReadOnlyList<byte[]> seeds, string[] words)
    {
        if (random.Next(20) == 0) return Random(random.Next(60));
        var bytes = seeds[random.Next(seeds.Count)].ToList();
        for (var edits = random.Next(1, 5); edits > 0; edits--) Edit(bytes, seeds, words);
        return [.. bytes];
    }

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private void Edit(List<byte> bytes, IReadOnlyList<byte[]> seeds, string[] words)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(Random(4));
            return;
        }

        var at = random.Next(bytes.Count);
        var length = Math.Min(bytes.Count - at, random.Next(1, 1 << random.Next(1, 7)));
        switch (random.Next(words.Length > 0 ? 13 : 11))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes[at] = s_codes[random.Next(s_codes.Length)]; break;
            case 3: bytes[at]++; break;
            case 4: bytes[at]--; break;
            case 5: bytes.RemoveRange(at, length); break;
            case 6: bytes.RemoveRange(at, bytes.Count - at); break;
            case 7: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
            case 8: Overwrite(bytes, at, s_numbers[random.Next(s_numbers.Length)]); break;
            case 9: bytes.Insert(at, s_codes[random.Next(s_codes.Length)]); break;
            case 10:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length + 1);
                Overwrite(bytes, at, other[from..Math.Min(other.Length, from + length)]);
                break;
            default: bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(words[random.Next(words.Length)])); break;
        }
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (var i = 0; i < with.Length; i++)
        {
            if (at + i < bytes.Count) bytes[at + i] = with[i];
            else bytes.Add(with[i]);
        }
    }
}
