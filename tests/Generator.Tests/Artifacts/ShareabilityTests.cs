namespace Generator.Tests.Artifacts;

public class ShareabilityTests
{
    [Fact]
    public void Type_OfEachKind_IsShareableOnlyIfDeeplyImmutableAndKeptWhole()
    {
        (string Declarations, string Type, bool Expected)[] cases =
        [
            ("", "string", true),
            ("", "(int, string, DateTime)", true),
            ("", "double?", true),
            ("", "ImmutableArray<string>", true),
            ("", "ImmutableList<(int, string)>", true),
            ("", "ImmutableSortedDictionary<string, Guid>", true),
            ("", "KeyValuePair<string, decimal>", true),
            ("", "DayOfWeek", true),
            ("", "double[]", false),
            ("", "List<int>", false),
            ("", "IReadOnlyList<int>", false),
            ("", "ReadOnlyMemory<byte>", false),
            ("", "Dictionary<string, int>", false),
            ("", "ImmutableDictionary<string, int>", false), // its order is that of the keys' hashes, which the encoding does not keep
            ("", "ImmutableArray<int[]>", false),
            ("public sealed record R(int A, string? B);", "R", true),
            ("public sealed record R(int A, string? B);", "ImmutableArray<R>", true),
            ("public record R(int A);", "R", false), // a subclass could hold more
            ("public sealed record R(int[] A);", "R", false),
            ("public sealed record R { public int A { get; set; } }", "R", false),
            ("public sealed class R(int a) { public int A { get; } = a; }", "R", true),
            ("public sealed class R { public int A { get; private set; } }", "R", false),
            ("public sealed class R { public int A; }", "R", false),
            ("public record struct R(int A);", "R", true), // whoever changes one changes a copy
            ("public struct R { public List<int> A; }", "R", false),
            ("public class Base(int a) { public int A { get; set; } = a; } public sealed class R(int a) : Base(a);", "R", false),
            ("public sealed record Node(int A, Node? Next, ImmutableArray<Node> More);", "Node", true),
            ("public sealed record Node(int A, Other? Next); public sealed record Other(Node? Back, int[] Data);", "Node", false),
            ("public sealed record Box<T>(T Item);", "Box<string>", true),
            ("public sealed record Box<T>(T Item);", "Box<int[]>", false),
            ("public sealed record R(int A) { [global::MessagePack.IgnoreMember] public int Cache { get; init; } }", "R", false),
        ];
        var programs = ArtifactProgram.Compile(cases.Select(c => (c.Declarations, c.Type, "default!")));
        Assert.Equal(cases, cases.Select((c, i) => (c.Declarations, c.Type, programs[i].Artifact.Shareable)));
    }
}
