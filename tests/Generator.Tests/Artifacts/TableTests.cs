using System.Collections;
using FlowGen;
using Generator.Tests.Support;

namespace Generator.Tests.Artifacts;

/// <summary>Lists of flat types, which are stored member by member.</summary>
public class TableTests
{
    private const string Rows = """
        public enum Kind { Small, Big }
        [Flags] public enum Marks { None, A = 1, B = 2, C = 4 }
        public sealed record Row(int Id, DateTime At, string Category, double Price, bool IsOpen, Guid Key, string? Note, long? Count, Kind Kind, DateOnly Day, decimal Amount = 1.50m)
        {
            public required Marks Marks { get; init; }
            public TimeSpan Took { get; private set; }
            public float Weight = 1;
            public static Row[] Many(int count)
            {
                var random = new Random(count);
                return [.. Enumerable.Range(0, count).Select(i => new Row(i, new DateTime(2024, 1, 1).AddMinutes(i), "category " + (i % 7), random.Next(500) / 100.0, i % 3 == 0, new Guid(i, 0, 0, new byte[8]),
                    i % 2 == 0 ? null : "note ä" + i, i % 5 == 0 ? null : i * 1_000_000_000L, (Kind)(i % 4), new DateOnly(2024, 1, 1).AddDays(i / 10), i / 4m)
                    { Marks = (Marks)(i % 8), Took = TimeSpan.FromSeconds(i), Weight = i / 8f })];
            }
        }
        """;

    private static string Single { get; } = """{"Amount":0.25,"At":"2024-01-01T00:01:00","Category":"category 1","Count":1000000000,"Day":"2024-01-01","Id":1,"IsOpen":false,"Key":"00000001-0000-0000-0000-000000000000","Kind":"Big","Marks":"A","Note":"note ä1","Price":PRICE,"Took":"00:00:01","Weight":0.125}"""
        .Replace("\"Amount\":0.25", "\"Amount\":\"0.25\"", StringComparison.Ordinal);

    [Theory]
    [InlineData(0), InlineData(7), InlineData(8), InlineData(300), InlineData(16_384), InlineData(16_385), InlineData(40_000)]
    public void Rows_OfAnyNumber_RoundTrip(int count)
    {
        var program = new ArtifactProgram(Rows, "Row[]", $"Row.Many({count})");
        var (made, bytes) = ((IList)program.Make()!, program.Encode(program.Make()));
        var read = (IList)program.Decode(bytes)!;
        Assert.Equal(made.Count, read.Count);
        for (var i = 0; i < count; i += Math.Max(1, count / 100)) Assert.Equal(made[i], read[i]);
        Assert.Equal(bytes, program.Encode(read));
        Assert.Equal(count >= 8, bytes.AsSpan(0, Math.Min(bytes.Length, 12)).Contains((byte)13) && bytes.Length / Math.Max(1, count) < 120);
    }

    [Fact]
    public void Rows_InEachCollection_HaveTheSameBytes()
    {
        (string Type, string Value)[] cases =
        [
            ("Row[]", "Row.Many(20)"), ("List<Row>", "[.. Row.Many(20)]"), ("IReadOnlyList<Row>", "Row.Many(20)"), ("ImmutableArray<Row>", "[.. Row.Many(20)]"), ("IList<Row>", "Row.Many(20)"), ("Queue<Row>", "new(Row.Many(20))"),
            ("ReadOnlyMemory<Row>", "Row.Many(20)"), ("ImmutableList<Row>", "[.. Row.Many(20)]"),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (Rows, c.Type, c.Value)));
        var bytes = programs[0].Encode(programs[0].Make());
        foreach (var program in programs)
        {
            Assert.Equal(bytes, program.Encode(program.Make()));
            Assert.Equal(bytes, program.Encode(program.Decode(bytes)));
        }

    }

    [Fact]
    public void Bytes_OfTheDocumentation_AreThoseOfTheCodec()
    {
        var program = new ArtifactProgram("public record R(int A, string B);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i, \"x\"))]");
        var example = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "artifact-format.md")).Split("```\n92")[1].Split("```")[0];
        var documented = ("92" + example).Split('\n').SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => word is [_, _] && word.All(char.IsAsciiHexDigitLower)));
        Assert.Equal(string.Join(' ', documented), string.Join(' ', program.Encode(program.Make()).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Dump_OfRows_IsAListOfObjects()
    {
        (string Declarations, string Type, string Value)[] cases =
        [
            (Rows, "Row[]", "Row.Many(12)"), (Rows, "Row?[]", "Row.Many(12)"),
            ("", "(int A, string? B)[]", "[.. Enumerable.Range(0, 9).Select(i => (i, i == 2 ? null : \"b\"))]"), ("", "(int, string?)?[]", "[.. Enumerable.Range(0, 9).Select(i => ((int, string?)?)(i, i == 2 ? null : \"b\"))]"),
            ("public readonly record struct Point(char X, sbyte Y, ushort Z, ulong W, TimeOnly T, DateTimeOffset O, decimal? D);", "List<Point>", "[.. Enumerable.Range(0, 9).Select(i => new Point((char)(60 + i), (sbyte)-i, (ushort)i, (ulong)i, default, new(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(i)), i / 2m))]"),
            ("public readonly record struct Point(char X, sbyte Y, ushort Z, ulong W, TimeOnly T, DateTimeOffset O, decimal? D);", "List<Point?>", "[.. Enumerable.Range(0, 9).Select(i => new Point((char)(60 + i), (sbyte)-i, (ushort)i, (ulong)i, default, new(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(i)), i / 2m))]"),
        ];
        var programs = ArtifactProgram.Compile(cases);
        for (var i = 0; i < cases.Length; i += 2)
            Assert.Equal(ArtifactProgram.Json(programs[i + 1].Encode(programs[i + 1].Make())), ArtifactProgram.Json(programs[i].Encode(programs[i].Make())));
        var rows = ArtifactProgram.Json(programs[0].Encode(programs[0].Make()));
        Assert.EndsWith(",\"… 2 more\"]", rows, StringComparison.Ordinal);
        var price = rows.Split("\"Price\":")[2].Split(',')[0];
        Assert.Contains(Single.Replace("PRICE", price, StringComparison.Ordinal), rows, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_OfTypes_AreFlatOrNot()
    {
        (string Declarations, string Type, string Value, bool Expected)[] cases =
        [
            ("public record struct R(int A);", "R[]", "new R[9]", true),
            ("public class R { private readonly int _a; public R(int a) => _a = a; }", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i))]", true),
            ("public class R { public int A { get; private set; } = 7; }", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R())]", true),
            ("public record R<T>(T A);", "R<string>[]", "[.. Enumerable.Range(0, 9).Select(i => new R<string>(\"\"))]", true),
            ("", "(string, int, int, int, int, int, int, int, int)[]", "[.. Enumerable.Range(0, 9).Select(i => (\"\", 1, 2, 3, 4, 5, 6, 7, 8))]", true),
            ("public record R(int[] A);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R([]))]", false),
            ("public record R(R? A, int B);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(null, 1))]", false),
            ("public record R(Version A);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(new(1, 2)))]", false),
            ("public record R;", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R())]", false),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, c.Value)));
        Assert.Equal(cases.Select(c => c.Expected), programs.Select(program =>
        {
            var bytes = program.Encode(program.Make());
            Assert.Equal(bytes, program.Encode(program.Decode(bytes)));
            return bytes.AsSpan(0, 4) is [_, 0xd6, 13, ..];
        }));
    }

    [Fact]
    public void Mistake_InARow_NamesTheCell()
    {
        (string Declarations, string Type, string Value, string Expected)[] cases =
        [
            ("public record R(int A, string B);", "R[]", "[.. Enumerable.Range(0, 20_000).Select(i => new R(i, i == 17_000 ? null! : \"\"))]", "[17000].B: null where the type String"),
            ("public record R(int A, string B);", "R[]", "[.. Enumerable.Range(0, 20_000).Select(i => i == 17_000 ? null! : new R(i, \"\"))]", "[17000]: null where the type R"),
            ("public record R(int A, string? B);", "R[]", "[.. Enumerable.Range(0, 90).Select(i => new R(i, i % 2 == 0 ? null : i == 33 ? \"\\ud800\" : \"\"))]", "[33].B: a string with half a surrogate pair"),
            ("public record R(int A); public record S(int A, int B) : R(A);", "R[]", "[.. Enumerable.Range(0, 20).Select(i => i == 11 ? new S(1, 2) : new R(i))]", "[11]: an object of type S where R is declared"),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, c.Value)));
        Assert.All(cases.Zip(programs), pair =>
            Assert.StartsWith(pair.First.Expected, Assert.Throws<ArtifactException>(() => pair.Second.Encode(pair.Second.Make())).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Members_AddedOrRemoved_AreReadLikeThoseOfObjects()
    {
        var old = new ArtifactProgram("public record R(int A, string Gone = \"\");", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i))]");
        var now = new ArtifactProgram("public record R(int A, double Rate = 0.5) { public string Color { get; init; } = \"red\"; public int? Seed { get; set; } }", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i))]");
        var strict = new ArtifactProgram("public record R(int A, double Rate);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i, 1))]");
        Assert.Equal("R { A = 8, Rate = 0.5, Color = red, Seed =  }", ((Array)now.Decode(old.Encode(old.Make()))!).GetValue(8)!.ToString());
        Assert.Equal("[0..9]: The member R.Rate is missing; give it a default value to read data that was stored without it.", Assert.Throws<ArtifactFormatException>(() => strict.Decode(old.Encode(old.Make()))).Message);
        var other = new ArtifactProgram("public record R(int X = 5);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i))]");
        Assert.Equal("[0..9]: The rows have no member of R.", Assert.Throws<ArtifactFormatException>(() => other.Decode(old.Encode(old.Make()))).Message);
    }

    [Fact]
    public void Rows_StoredObjectByObject_AreRead()
    {
        var program = new ArtifactProgram("public record R(int A, string B);", "R[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i, \"b\"))]");
        var single = new ArtifactProgram("public record R(int A, string B);", "R?[]", "[.. Enumerable.Range(0, 9).Select(i => new R(i, \"b\"))]");
        Assert.Equal(program.Encode(program.Make()), program.Encode(program.Decode(single.Encode(single.Make()))));
    }

    [Fact]
    public void ForEach_OverRows_GetsEachRow()
    {
        var loaded = new Loaded(Rows + """
            [Flow]
            public partial class EachFlow
            {
                [Step] public static Row[] Load() => Row.Many(50);
                [Step] public static int Use([ForEach(nameof(Load))] Row row) => row.Id;
            }
            """);
        var flow = loaded.Definition("EachFlow");
        var artifact = flow.Artifacts[0];
        var program = new ArtifactProgram(loaded, "EachFlow");
        var rows = (Array)program.Decode(program.Encode(loaded.Assembly.GetType("EachFlow")!.GetMethod("Load")!.Invoke(null, null)))!;
        var items = flow.Dimensions[0].Items;
        Assert.Equal(50, items.Count(rows));
        Assert.Equal(rows.GetValue(33), items.Item(rows, 33));
        Assert.NotSame(rows.GetValue(33), items.Item(rows, 33));
        Assert.False(artifact.Shareable);
    }

    [Fact]
    public void Bytes_InManySegments_AreReadAlike()
    {
        var program = new ArtifactProgram(Rows, "List<Row>", "[.. Row.Many(60)]");
        var bytes = program.Encode(program.Make());
        foreach (var segment in (int[])[1, 2, 3, 5, 50, 1000]) Assert.Equal(bytes, program.Encode(program.Artifact.Decode(Segments.Of(bytes, segment))));
    }

    [Fact]
    public void Bytes_DamagedAnyhow_AreRefusedCheaply()
    {
        var program = new ArtifactProgram(Rows, "Row[]", "Row.Many(30)");
        var valid = program.Encode(program.Make());
        var random = new Random(11);
        for (var length = 0; length < valid.Length; length += 7) Assert.Throws<ArtifactFormatException>(() => program.Decode(valid[..length]));
        for (var round = 0; round < 4000; round++)
        {
            var bytes = valid.ToList();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                // Mostly where the counts and forms are.
                var at = random.Next(2) == 0 ? random.Next(Math.Min(60, bytes.Count)) : random.Next(bytes.Count);
                if (random.Next(4) == 0) bytes.RemoveAt(at);
                else if (random.Next(3) == 0) bytes.Insert(at, (byte)random.Next(256));
                else bytes[at] = (byte)random.Next(256);
            }

            AssertCheap(program, [.. bytes]);
        }
    }

    [Theory]
    [InlineData("public record struct R(int A);", "A", "int")]
    [InlineData("public record struct R(bool A);", "A", "bool")]
    [InlineData("public record struct R(int A = 1);", "B", "int")]
    public void Rows_ThatAreOnlyClaimed_CostNothing(string declarations, string member, string type)
    {
        var program = new ArtifactProgram(declarations, "R[]", "new R[9]");
        byte[] group = [0x81, 0xa1, (byte)member[0], 0x92, (byte)(0xa0 + type.Length), .. System.Text.Encoding.ASCII.GetBytes(type), 0xc4, 0];
        AssertCheap(program, [0xdd, 0, 2, 0, 0, 0xd6, 13, 0xff, 0xff, 0xff, 0x7f, .. Enumerable.Repeat(group, 10).SelectMany(bytes => bytes)]);
        AssertCheap(program, [0x92, 0xd6, 13, 0, 0x40, 0, 0, .. group]);
        AssertCheap(program, [0x92, 0xd6, 13, 0, 0x40, 0, 0, 0x80]);
        AssertCheap(program, [0x92, 0xd6, 13, 0xff, 0xff, 0xff, 0xff, .. group]);
        AssertCheap(program, [0x91, 0xd6, 13, 1, 0, 0, 0]);
    }

    private static void AssertCheap(ArtifactProgram program, byte[] bytes)
    {
        // Twice, as code that runs for the first time allocates for itself.
        Assert.InRange(Math.Min(Decode(), Decode()), 0, 60_000 + (300 * bytes.Length));
        try
        {
            ArtifactProgram.Json(bytes);
        }
        catch (ArtifactFormatException)
        {
        }

        long Decode()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                program.Decode(bytes);
            }
            catch (ArtifactFormatException)
            {
                // The only exception that may come out.
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
