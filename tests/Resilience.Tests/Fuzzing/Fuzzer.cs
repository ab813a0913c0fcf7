using System.Diagnostics;

namespace Resilience.Tests.Fuzzing;

/// <summary>Gives a decoder random and mutated inputs. All that may come of one is a value or the exception that the decoder declares, soon, and without memory that nobody sent.</summary>
/// <param name="name">What decodes, for messages.</param>
/// <param name="seeds">Valid inputs.</param>
/// <param name="decode">Decodes one.</param>
/// <param name="isDeclared">Whether the decoder may throw this.</param>
internal sealed class Fuzzer(string name, IReadOnlyList<byte[]> seeds, Action<byte[]> decode, Func<Exception, bool> isDeclared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Inputs for each decoder: a few thousand, or with <c>FLOWGEN_LONG=1</c> so many that all get more than ten million.</summary>
    public static int Inputs { get; } = Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1" ? 250_000 : 8_000;

    /// <summary>What is allocated for an input of no bytes, the exception with its stack included, and for each byte more.</summary>
    public (int Fixed, int PerByte) Allowance { get; init; } = (200_000, 600);

    /// <summary>Words of the language that is parsed.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Puts mutated content into the frame that makes it an object.</summary>
    public Func<byte[], byte[]> Frame { get; init; } = static content => content;

    /// <param name="allowsInvalidSeeds">Whether the frame may already be wrong for what is in it.</param>
    public void Run(bool allowsInvalidSeeds = false)
    {
        var random = new Random(20_261_123);
        var mutator = new Mutator(random);
        // What the first calls compile, read once and keep is not the inputs' memory.
        foreach (var seed in seeds) Try(Frame(seed), measures: false, isValid: !allowsInvalidSeeds);
        var (values, errors) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var framed = Frame(mutator.Next(seeds, Words));
            if (random.Next(16) == 0 && framed.Length > 0) framed[random.Next(framed.Length)] ^= (byte)(1 << random.Next(8));
            if (Try(framed, measures: i > Inputs / 8)) values++;
            else errors++;
        }

        foreach (var deep in Deep()) Try(Frame(deep), measures: false);
        // A fuzzer that meets only one of the two has bad seeds.
        if (values == 0 && errors == 0) throw new InvalidOperationException(name);
    }

    /// <summary>As deep as a stack may not be.</summary>
    private IEnumerable<byte[]> Deep()
    {
        foreach (var code in (byte[][])[[0x91], [0x81, 0xa1, 0x61], [0x92, 0xc0], "("u8.ToArray(), "["u8.ToArray(), "{\"a\":"u8.ToArray(), "not "u8.ToArray(), "!"u8.ToArray(), "-"u8.ToArray(), "a/"u8.ToArray(), "a."u8.ToArray()])
            yield return [.. Enumerable.Repeat(code, 100_000).SelectMany(bytes => bytes)];
    }

    private bool Try(byte[] input, bool measures, bool isValid = false)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var isValue = false;
        try
        {
            decode(input);
            isValue = true;
        }
        catch (Exception e) when (isDeclared(e) && !isValid)
        {
            // As it says.
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{name} on {(isValid ? "the valid input " : "")}{Show(input)}: {e}", e);
        }

        if (!measures) return isValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > Allowance.Fixed + (long)Allowance.PerByte * input.Length) throw new InvalidOperationException($"{name} took {allocated} bytes for {input.Length}: {Show(input)}");
        if (Stopwatch.GetElapsedTime(start) > Patience) throw new InvalidOperationException($"{name} took {Stopwatch.GetElapsedTime(start)} for {input.Length} bytes: {Show(input)}");
        return isValue;
    }

    private static string Show(byte[] input) => input.Length > 3000 ? $"{Convert.ToHexString(input[..100])}... of {input.Length} bytes" : Convert.ToHexString(input);
}
