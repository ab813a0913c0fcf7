using Generator.Tests.Support;

namespace Generator.Tests.Parameters;

/// <summary>Validation attributes on the members of what parameters are made of.</summary>
public class MemberValidationTests
{
    private const string Declarations = """
        public enum Mode { Slow, Fast, Odd }
        public sealed record Layer([Range(1, 512)] int Width, [StringLength(5)] string? Name = null) { public Layer? Next { get; init; } }
        public sealed record Settings([property: Range(1, 100)] int Trees, Layer[]? Layers = null)
        {
            [Range(0.0, 1.0, MaximumIsExclusive = true)] public double? Rate { get; init; }
            [AllowedValues(Mode.Slow, Mode.Fast)] public Mode Mode { get; init; }
            [Range(1, 9)] public int[] Sizes { get; init; } = [];
            public Dictionary<string, List<Layer?>> ByName { get; init; } = [];
            public (int, Layer)? Pair { get; init; }
            public Shape? Shape { get; init; }
        }
        [ArtifactUnion(typeof(Circle), typeof(Square))] public abstract record Shape;
        public sealed record Circle([Range(1, 5)] double Radius) : Shape;
        public sealed record Square(double Side) : Shape;
        public class Base { [RegularExpression("[a-z]+")] public string Tag { get; set; } = "a"; }
        public sealed class Derived : Base { public int Free { get; set; } }
        public struct Point { [Range(0, 10)] public int X; public int Y; }
        """;

    private static readonly Lazy<OneFlows> Flows = new(() => new OneFlows(Declarations, ["Settings", "Settings?", "Settings[]", "Derived", "Point", "ImmutableArray<Point>", "Square", "(int, Point)"]));

    [Theory]
    [InlineData("Settings", """{"trees": 0}""", "trees must be between 1 and 100")]
    [InlineData("Settings", """{"trees": 5, "rate": 1}""", "rate must be at least 0 and less than 1")]
    [InlineData("Settings", """{"trees": 5, "rate": null}""", null)]
    [InlineData("Settings", """{"trees": 5, "mode": "Odd"}""", "mode must be one of Slow, Fast")]
    [InlineData("Settings", """{"trees": 5, "sizes": [1, 9, 10]}""", "sizes[2] must be between 1 and 9")]
    [InlineData("Settings", """{"trees": 5, "layers": [{"width": 1}, {"width": 2}, {"width": 513}]}""", "layers[2].width must be between 1 and 512")]
    [InlineData("Settings", """{"trees": 5, "layers": [{"width": 1, "name": "too long"}]}""", "layers[0].name must have at most 5 characters")]
    [InlineData("Settings", """{"trees": 5, "layers": [{"width": 1, "next": {"width": 1, "next": {"width": 0}}}]}""", "layers[0].next.next.width must be between 1 and 512")]
    [InlineData("Settings", """{"trees": 5, "byName": {"a": [], "b": [null, {"width": 0}]}}""", "byName.b[1].width must be between 1 and 512")]
    [InlineData("Settings", """{"trees": 5, "pair": [1, {"width": 0}]}""", "pair[1].width must be between 1 and 512")]
    [InlineData("Settings", """{"trees": 5, "shape": {"Circle": {"radius": 9}}}""", "shape.Circle.radius must be between 1 and 5")]
    [InlineData("Settings", """{"trees": 5, "shape": {"Square": {"side": 9}}}""", null)]
    [InlineData("Settings?", """{"trees": 101}""", "trees must be between 1 and 100")]
    [InlineData("Settings[]", """[{"trees": 1}, {"trees": 101}]""", "[1].trees must be between 1 and 100")]
    [InlineData("Derived", """{"tag": "A"}""", "tag must match [a-z]+")]
    [InlineData("Derived", """{"free": 7}""", null)]
    [InlineData("Point", """{"x": 11, "y": 11}""", "x must be between 0 and 10")]
    [InlineData("ImmutableArray<Point>", """[{"x": 1, "y": 1}, {"x": -1, "y": 1}]""", "[1].x must be between 0 and 10")]
    [InlineData("(int, Point)", """[1, {"x": -1, "y": 1}]""", "[1].x must be between 0 and 10")]
    public void Value_FromEachSource_IsCheckedInside(string type, string json, string? wrong)
    {
        var flow = Flows.Value[type];
        if (wrong is null)
        {
            Assert.DoesNotContain("FG", Binding.OfOption(flow, json), StringComparison.Ordinal);
            return;
        }

        Assert.Equal($"FG1005 Option --given: {wrong}.", Binding.OfOption(flow, json));
        Assert.Equal($"FG1005 Variable FLOWGEN_PARAM_GIVEN: {wrong}.", Binding.OfVariable(flow, json));
        Assert.Equal($"FG1005 Standard input, line 1: given{(wrong[0] == '[' ? "" : ".")}{wrong}.", Binding.OfFile(flow, json));
    }

    [Fact]
    public void Type_WithNothingToCheck_HasNoCheck() => Assert.DoesNotContain("Inside", Compiler.Compile(Declarations + """

        [Flow] public partial class F { [Parameter] public required Square Given { get; init; } [Step] public double A() => Given.Side; }
        """).AssertClean().Source("F.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void Default_ThatIsWrongInside_IsToldAtTheStart()
    {
        var program = new Loaded("""
            public sealed record Settings([Range(1, 9)] int Trees);
            [Flow] public partial class OneFlow { [Parameter] public Settings Given { get; init; } = new(0); [Step] public int A() => Given.Trees; }
            """);
        var binding = new Binding(program.Definition("OneFlow"));
        binding.Bind();

        Assert.Equal(["FG1005 Parameter given: its default new(0) is not valid, trees must be between 1 and 9. Give another value with --given, or change the initializer of OneFlow.Given."], binding.Errors);
    }

    [Theory]
    [InlineData("public sealed record Settings([Url] string Site);", "FG0707 parameter 'given.site' has [Url], which would not be enforced; use [Range], [AllowedValues], [RegularExpression] or [StringLength], or check it in a step")]
    [InlineData("public sealed record Settings(Part[] Parts); public sealed record Part { [Range(1, 5)] public string Name { get; init; } = \"\"; }", "FG0706 parameter 'given.parts[i].name' has [Range], but is 'string', which has no range; remove it")]
    [InlineData("public sealed record Settings([Range(5, 1)] int Size);", "FG0706 parameter 'given.size' has [Range], but its minimum is more than its maximum; swap them")]
    public Task Attribute_WithAMistake_IsToldOnce(string declarations, string expected) => Telling.AssertAsync(
        declarations + " [Flow] public partial class F { [Parameter] public required Settings Given { get; init; } [Parameter] public Settings? Other { get; init; } [Step] public int A() => 1; }", expected);
}
