using FlowGen;

namespace Generator.Tests.Artifacts;

/// <summary>C# declarations through the real generator: values of the declared types to bytes and back.</summary>
public class ObjectCodecTests
{
    [Fact]
    public void Objects_OfEachKind_RoundTrip() => RoundTrip(
    [
        ("public record Point(double X, double Y);", "Point", "new(1, 2)", """{"X":1,"Y":2}"""),
        ("public readonly record struct Point(double X, double Y);", "Point", "new(1, 2)", """{"X":1,"Y":2}"""),
        ("public record struct Point(double X, string Name);", "Point", "new(1, \"a\")", """{"Name":"a","X":1}"""),
        ("public class Point { public int X { get; set; } public string Name { get; set; } = \"\"; }", "Point", "new() { X = 1, Name = \"a\" }", """{"Name":"a","X":1}"""),
        ("public class Point { public int X { get; init; } public int Y { get; init; } = 5; }", "Point", "new() { X = 1, Y = 2 }", """{"X":1,"Y":2}"""),
        ("public class Point { public required int X { get; init; } public required string Name { get; set; } }", "Point", "new() { X = 1, Name = \"a\" }", """{"Name":"a","X":1}"""),
        ("public class Point { public int X { get; private set; } public static Point Of(int x) => new() { X = x }; }", "Point", "Point.Of(3)", """{"X":3}"""),
        ("public class Point { public int X; public string? Name; }", "Point", "new() { X = 1 }", """{"Name":null,"X":1}"""),
        ("public struct Point { public int X; internal int Y { get; private set; } public static Point Of(int x, int y) => new() { X = x, Y = y }; }", "Point", "Point.Of(1, 2)", """{"X":1,"Y":2}"""),
        ("public class Point(int x) { public int X { get; } = x; }", "Point", "new(7)", """{"X":7}"""),
        ("public class Point { private readonly double[] _weights; public Point(double[] weights) => _weights = weights; }", "Point", "new([1, 2])", """{"weights":[1,2]}"""),
        ("public class Point(int x) { public int Twice() => x * 2; }", "Point", "new(7)", """{"x":7}"""),
        ("public class Point { private int _x; public int X { get => _x; set => _x = value; } }", "Point", "new() { X = 7 }", """{"X":7}"""),
        ("public class Point { private Point(int x) { X = x; } public int X { get; } public static Point Of(int x) => new(x); }", "Point", "Point.Of(7)", """{"X":7}"""),
        ("public struct Point { private readonly int _x; public Point(int x) => _x = x; }", "Point", "new(7)", """{"x":7}"""),
        ("public class Rows(IEnumerable<int> items) { public IReadOnlyList<int> Items { get; } = [.. items]; }", "Rows", "new([1, 2])", """{"Items":[1,2]}"""),
        ("public record Base(int A); public record Derived(int A, int B) : Base(A);", "Derived", "new(1, 2)", """{"A":1,"B":2}"""),
        ("public abstract class Base { public int A { get; private set; } protected Base(int a) => A = a; } public class Derived(int a) : Base(a) { public int B { get; init; } }", "Derived", "new(1) { B = 2 }", """{"A":1,"B":2}"""),
        ("public record Empty;", "Empty", "new()", "{}"),
        ("public record @class(int @int, int @event);", "@class", "new(1, 2)", """{"event":2,"int":1}"""),
        ("public record Pair<T>(T First, List<T> More);", "Pair<string>", "new(\"a\", [\"b\"])", """{"First":"a","More":["b"]}"""),
        ("public class Pair<T> { public required T First { get; init; } public T[] More { get; set; } = []; }", "Pair<int?>", "new() { First = 1, More = [null] }", """{"First":1,"More":[null]}"""),
        ("public enum Color { Red, Green } public record Car(Color Color, Color? Other, DayOfWeek Day);", "Car", "new(Color.Green, null, DayOfWeek.Monday)", """{"Color":"Green","Day":"Monday","Other":null}"""),
        ("#nullable disable\npublic class Old { public string Name { get; set; } public int[] Items; }\n#nullable restore", "Old", "new()", """{"Items":null,"Name":null}"""),
    ]);

    [Fact]
    public void FrameworkTypes_OfEachKind_Compose() => RoundTrip(
    [
        ("", "(int, string)", "(1, \"a\")", """[1,"a"]"""),
        ("", "(int a, (string b, double c) d)[]", "[(1, (\"a\", 2))]", """[[1,["a",2]]]"""),
        ("", "(int, int, int, int, int, int, int, int, string)?", "(1, 2, 3, 4, 5, 6, 7, 8, \"nine\")", """[1,2,3,4,5,6,7,8,"nine"]"""),
        ("", "Tuple<int, string?>", "new(1, null)", "[1,null]"),
        ("", "ValueTuple<int>", "new(1)", "[1]"),
        ("", "Tuple<int, int, int, int, int, int, int, Tuple<string>>", "new(1, 2, 3, 4, 5, 6, 7, new(\"a\"))", """[1,2,3,4,5,6,7,["a"]]"""),
        ("", "KeyValuePair<string, int>", "new(\"a\", 1)", """["a",1]"""),
        ("", "Dictionary<string, (int, int)>", "new() { [\"b\"] = (1, 2), [\"a\"] = (3, 4) }", """{"a":[3,4],"b":[1,2]}"""),
        ("", "double[,]", "new double[,] { { 1, 2 }, { 3, 4 } }", "[[2,2],[1,2,3,4]]"),
        ("", "IReadOnlyDictionary<string, IReadOnlyList<int?>>", "new Dictionary<string, IReadOnlyList<int?>> { [\"a\"] = (int?[])[1, null] }", """{"a":[1,null]}"""),
        ("", "ImmutableArray<ImmutableSortedDictionary<string, Half>>", "[ImmutableSortedDictionary<string, Half>.Empty.Add(\"a\", (Half)1)]", """[{"a":1}]"""),
        ("", "System.Collections.Frozen.FrozenSet<Guid>", "System.Collections.Frozen.FrozenSet.Create(Guid.Empty)", """["00000000-0000-0000-0000-000000000000"]"""),
        ("", "ReadOnlyMemory<float>", "new float[] { 1 }", "[1]"),
        ("", "System.Numerics.BigInteger?", "null", "null"),
        ("", "DateTime", "new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc)", "\"2024-01-02T03:04:05Z\""),
    ]);

    [Fact]
    public void Tree_OfRecursiveType_RoundTripsUpToTheLimit()
    {
        const string Declarations = """
            public sealed record Node(int Value, Node? Next, List<Node> Children)
            {
                public static Node Chain(int length) => length == 0 ? new(0, null, []) : new(length, Chain(length - 1), [new(9, null, [])]);
            }
            """;
        var program = new ArtifactProgram(Declarations, "Node", "Node.Chain(98)");
        program.RoundTrip();
    }

    [Fact]
    public void Cycle_OfObjects_FailsWithItsPath()
    {
        const string Declarations = """
            public sealed class Node
            {
                public Node? Next { get; set; }
                public Dictionary<string, Node> Others { get; set; } = [];
                public static Node Cycle() { var node = new Node(); node.Others["a"] = new() { Next = node }; return node; }
            }
            """;
        var program = new ArtifactProgram(Declarations, "Node", "Node.Cycle()");
        var error = Assert.Throws<ArtifactException>(() => program.Encode(program.Make()));
        Assert.Equal("Others[a].Next.Others[a].Next.Others[a].Next.…: objects lie more than 100 levels deep in one another, or one contains itself; " +
            "artifacts are trees, so keep references to parents and neighbours as ids.", error.Message);
        Assert.Throws<ArtifactException>(() => program.Encode(program.Make()));
    }

    [Fact]
    public void Bytes_OfDeepNesting_AreRefused()
    {
        var program = new ArtifactProgram("public sealed record Node(Node? Next, int Value = 0);", "Node", "new(null)");
        byte[] bytes = [.. Enumerable.Repeat((byte[])[0x81, 0xa4, .. "Next"u8], 10_000).SelectMany(b => b), 0xc0];
        Assert.Contains("100 levels", Assert.Throws<ArtifactFormatException>(() => program.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Object_OfSubclass_NamesBothTypes()
    {
        var program = new ArtifactProgram("public record Animal(string Name); public record Cat(string Name, int Lives) : Animal(Name); public record Zoo(Animal[] Animals);", "Zoo", "new([new Cat(\"Tom\", 9)])");
        var error = Assert.Throws<ArtifactException>(() => program.Encode(program.Make()));
        Assert.Equal("Animals[0]: an object of type Cat where Animal is declared: the rest of it would be lost; declare Cat.", error.Message);
    }

    [Fact]
    public void Null_InsideAnObject_NamesThePath()
    {
        var program = new ArtifactProgram("public record Row(int Id, string Name); public record Table(List<Row> Rows);", "Table", "new([new(1, \"a\"), new(2, null!)])");
        Assert.StartsWith("Rows[1].Name: null where the type String", Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_AddedWithADefault_MayBeAbsent()
    {
        var old = new ArtifactProgram("public record Settings(int Trees);", "Settings", "new(5)");
        var now = new ArtifactProgram("""
            public enum Mode { A, B }
            public record Settings(int Trees, double Rate = 0.5, string Name = "x\"y", Mode Mode = Mode.B, decimal Price = 1.5m, int? Seed = null, char Mark = '\'', float F = float.NaN, TimeSpan T = default)
            {
                public string Color { get; init; } = "red";
                public string? Comment { get; init; }
                public int Count { get; private set; } = 3;
            }
            """, "Settings", "new(1)");
        var read = now.Decode(old.Encode(old.Make()));
        Assert.Equal("Settings { Trees = 5, Rate = 0.5, Name = x\"y, Mode = B, Price = 1.5, Seed = , Mark = ', F = NaN, T = 00:00:00, Color = red, Comment = , Count = 3 }", read!.ToString());
        Assert.Equal("Settings { Trees = 1 }", old.Decode(now.Encode(now.Make()))!.ToString());
    }

    [Fact]
    public void Member_WithoutDefault_MustBeThere()
    {
        var old = new ArtifactProgram("public record Settings(int Trees);", "Settings", "new(5)");
        var now = new ArtifactProgram("public record Settings(int Trees, double Rate);", "Settings", "new(5, 1)");
        Assert.Equal("The member Settings.Rate is missing; give it a default value to read data that was stored without it.",
            Assert.Throws<ArtifactFormatException>(() => now.Decode(old.Encode(old.Make()))).Message);
    }

    [Fact]
    public void Member_ThatIsThereTwice_IsRefused()
    {
        var program = new ArtifactProgram("public record Settings(int A);", "Settings", "new(5)");
        Assert.Equal("The member Settings.A is there twice.", Assert.Throws<ArtifactFormatException>(() => program.Decode([0x82, 0xa1, 0x41, 1, 0xa1, 0x41, 2])).Message);
    }

    [Fact]
    public void Constructor_ThatRefusesStoredValues_IsAFormatError()
    {
        var program = new ArtifactProgram("public class Age { public int Years { get; } public Age(int years) { ArgumentOutOfRangeException.ThrowIfNegative(years); Years = years; } }", "Age", "new(5)");
        Assert.Throws<ArtifactFormatException>(() => program.Decode([0x81, 0xa5, .. "Years"u8, 0xff]));
    }

    [Fact]
    public void Object_InAnotherOrderOfDeclaration_HasTheSameBytes()
    {
        var one = new ArtifactProgram("public record R(int A, string B);", "R", "new(1, \"b\")");
        var other = new ArtifactProgram("public class R { public string B = \"b\"; public int A { get; init; } = 1; }", "R", "new()");
        Assert.Equal(one.Encode(one.Make()), other.Encode(other.Make()));
    }

    [Fact]
    public void NestedPrivateType_OfTheFlow_IsStored()
    {
        var program = new ArtifactProgram("public partial class TestFlow { private sealed record Hidden(int X, Inner I); private readonly record struct Inner(int Y); }", "Hidden", "new(1, new(2))");
        Assert.Equal("""{"I":{"Y":2},"X":1}""", program.RoundTrip());
    }

    [Fact]
    public void Bytes_DamagedAnyhow_GiveAFormatErrorOnly()
    {
        const string Declarations = """
            public sealed record Row(int Id, string Name, (double, DayOfWeek)[] Cells);
            public sealed class Table
            {
                public required List<Row> Rows { get; init; }
                public Dictionary<string, Table?> Parts { get; private set; } = [];
                public double[] Weights = [1, 2];
            }
            """;
        var program = new ArtifactProgram(Declarations, "Table", "new() { Rows = [new(1, \"a\", [(1, DayOfWeek.Friday)])], Weights = [3] }");
        var valid = program.Encode(program.Make());
        var random = new Random(5);
        for (var round = 0; round < 4000; round++)
        {
            var bytes = valid.ToList();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(3) == 0) bytes.RemoveAt(at);
                else if (random.Next(2) == 0) bytes.Insert(at, (byte)random.Next(256));
                else bytes[at] = (byte)random.Next(256);
            }

            try
            {
                program.Decode([.. bytes]);
            }
            catch (ArtifactFormatException)
            {
                // The only exception that may come out.
            }
        }
    }

    [Fact]
    public void Bytes_InManySegments_AreReadAlike()
    {
        var program = new ArtifactProgram("public record Row(int Id, string Name, double[] Cells);", "List<Row>", "[new(1, \"a\", [1, 2]), new(2, \"bc\", [])]");
        var bytes = program.Encode(program.Make());
        for (var segment = 1; segment < 10; segment++)
            Assert.Equal(bytes, program.Encode(program.Artifact.Decode(Segments.Of(bytes, segment))));
    }

    private static void RoundTrip((string Declarations, string Type, string Value, string Json)[] cases)
    {
        var programs = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, c.Value)));
        Assert.Equal(cases.Select(c => c.Json), programs.Select(program => program.RoundTrip()));
    }
}
