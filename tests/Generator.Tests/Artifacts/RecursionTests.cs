using FlowGen;
using Generator.Tests.Support;

namespace Generator.Tests.Artifacts;

/// <summary>Types without finite values, objects that contain themselves, and objects that several members share.</summary>
public class RecursionTests
{
    private const string Node = """
        [ArtifactUnion(typeof(Leaf), typeof(Branch))] public interface ITree;
        public sealed record Leaf(int Value) : ITree;
        public sealed class Branch : ITree { public ITree? Next { get; set; } }
        public record struct Cell(Node? Inner);
        public sealed class Node
        {
            public Node? Next { get; set; }
            public List<Node> List { get; set; } = [];
            public Dictionary<string, Node> Map { get; set; } = [];
            public HashSet<Node> Set { get; set; } = [];
            public Dictionary<Node, int> Keys { get; set; } = [];
            public Cell Cell { get; set; }
            public (int, Node?[,]) Grid { get; set; } = (1, new Node?[1, 1]);
            public KeyValuePair<string, Node?> Pair { get; set; }
            public static Node Of(Action<Node> close) { var node = new Node { Pair = new("", null) }; close(node); return node; }
            public static ITree Tree() { var branch = new Branch(); branch.Next = branch; return branch; }
        }
        """;

    [Fact]
    public void Cycle_OfAnyKind_FailsWithItsPath()
    {
        (string Type, string Value, string Path)[] cases =
        [
            ("Node", "Node.Of(node => node.Next = node)", "Next.Next.Next.Next.Next.Next.Next.Next.Next.…"),
            ("Node[]", "[Node.Of(node => node.Next = new() { Pair = new(\"\", null), Next = node })]", "[0].Next.Next.Next.Next.Next.Next.Next.Next.…"),
            ("Node", "Node.Of(node => node.List.Add(node))", "List[0].List[0].List[0].List[0].List.…"),
            ("Node", "Node.Of(node => node.Map[\"a\"] = node)", "Map[a].Map[a].Map[a].Map[a].Map.…"),
            ("Node", "Node.Of(node => node.Set.Add(node))", "Set[0].Set[0].Set[0].Set[0].Set.…"),
            ("Node", "Node.Of(node => node.Keys[node] = 1)", "Keys.Keys.Keys.Keys.Keys.Keys.Keys.Keys.Keys.…"),
            ("Node", "Node.Of(node => node.Cell = new(node))", "Cell.Inner.Cell.Inner.Cell.Inner.Cell.Inner.Cell.…"),
            ("Node", "Node.Of(node => node.Grid.Item2[0, 0] = node)", "Grid.Item2[0].Grid.Item2[0].Grid.Item2[0].…"),
            ("Node", "Node.Of(node => node.Pair = new(\"a\", node))", "Pair.Value.Pair.Value.Pair.Value.Pair.Value.Pair.…"),
            ("List<ITree>", "[Node.Tree()]", "[0].Next.Next.Next.Next.Next.Next.Next.Next.…"),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (Node, c.Type, c.Value)));
        Assert.Equal(cases.Select(c => c.Path), programs.Select(program => Assert.Throws<ArtifactException>(() => program.Encode(program.Make())).Message.Split(':')[0]));
    }

    [Fact]
    public void Object_ThatTwoMembersShare_IsStoredTwice()
    {
        var program = new ArtifactProgram("public sealed class Box { public int[] A { get; set; } = []; public int[] B { get; set; } = []; public static Box Of(int[] items) => new() { A = items, B = items }; }",
            "(Box, Box)[]", "[(Box.Of([1, 2]) is var box ? box : box, box)]");
        Assert.Equal("""[[{"A":[1,2],"B":[1,2]},{"A":[1,2],"B":[1,2]}]]""", program.RoundTrip());
        dynamic read = program.Decode(program.Encode(program.Make()))!;
        Assert.NotSame((object)read[0].Item1, (object)read[0].Item2);
        Assert.NotSame((object)read[0].Item1.A, (object)read[0].Item1.B);
    }

    [Theory]
    [InlineData("public sealed record A(A Next);", "A", "'A', which always contains another one (A.Next)")]
    [InlineData("public sealed record A((int, B) Pair); public sealed record B(KeyValuePair<int, A> Entry);", "A", "'B', which always contains another one (B.Entry.Value.Pair.Item2)")]
    [InlineData("public sealed record A(S S); public readonly record struct S(A A);", "A[]", "'S', which always contains another one (S.A.S)")]
    [InlineData("[ArtifactUnion(typeof(X), typeof(Y))] public interface I; public sealed record X(I Next) : I; public sealed record Y(I Left, I Right) : I;", "I", "'X', which always contains another one (X.Next(X))")]
    [InlineData("public class A { public required A Next { get; init; } public int Value { get; init; } }", "A", "'A', which always contains another one (A.Next)")]
    [InlineData("public sealed record A(B B); public sealed record B(C C); public sealed record C(A A);", "A", "'C', which always contains another one (C.A.B.C)")]
    public void Type_WithoutFiniteValues_IsAnErrorToldOnce(string declarations, string type, string expected)
    {
        var found = Compiler.Compile(ArtifactProgram.Source(declarations, type, "default!")).All.Where(d => d.Id.StartsWith("FG", StringComparison.Ordinal));
        Assert.Contains(expected, Assert.Single(found, d => d.Id == "FG0511").GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public sealed record A(int X, A? Next);", "A")]
    [InlineData("public sealed record A(A[] Next, List<A> More, Dictionary<string, A> Map, HashSet<A> Set, A[,] Grid);", "A")]
    [InlineData("[ArtifactUnion(typeof(X), typeof(Y))] public interface I; public sealed record X(I Next) : I; public sealed record Y(int End) : I;", "I")]
    [InlineData("public sealed record A(S? S); public readonly record struct S(A A);", "A")]
    [InlineData("public sealed record A(int X, A? Next = null) { public A? Other { get; init; } }", "A")]
    public void Type_WithFiniteValues_IsNoError(string declarations, string type) =>
        Assert.Empty(Compiler.Compile(ArtifactProgram.Source(declarations, type, "default!")).All);
}
