using Generator.Tests.Support;

namespace Generator.Tests.Parameters;

/// <summary>Records, classes and collections of them as JSON.</summary>
public class JsonParameterTests
{
    private const string Types = """
        public enum Kind { Tree, Net }
        public sealed record Settings(int Trees, double Rate = 0.5, string? Note = null) { public Kind Kind { get; init; } = Kind.Tree; public required bool Deep { get; init; } }
        public sealed class Grid { public List<Settings> All { get; set; } = []; public Dictionary<string, Range> Ranges { get; init; } = []; public (int, int) Size { get; set; } }
        public readonly record struct Range(double Low, double High);
        public sealed record Node(int Value, Node? Next = null, DateTime? At = null);
        public sealed record Checked { public Checked(int even) => Even = even % 2 == 0 ? even : throw new ArgumentException("only even numbers"); public int Even { get; } }
        public sealed class Old { [MessagePack.Key(1)] public int A { get; set; } = 7; [MessagePack.Key(3)] public string? B { get; set; } [MessagePack.Key(4)] public int C { get; set; } }
        [ArtifactUnion(typeof(Cat), typeof(Dog))] public interface IPet;
        public sealed record Cat(int Lives) : IPet;
        public sealed record Dog(bool Barks = true) : IPet;
        namespace MessagePack { public sealed class KeyAttribute : System.Attribute { public KeyAttribute(int x) { } } }
        """;

    private static readonly OneFlows Flows = new(Types,
        ["Settings", "Settings?", "Settings[]", "List<Range>", "Range", "Range?", "Range[]", "Dictionary<string, Range>", "Grid", "Node", "Checked", "Old", "IPet", "List<IPet>"]);

    [Theory]
    [InlineData("Settings", """{"trees": 20, "deep": true}""", """{"Deep":true,"Kind":"Tree","Note":null,"Rate":0.5,"Trees":20}""")]
    [InlineData("Settings", """{"Deep": false, "TREES": 1, "rate": 2, "note": "x", "kind": "net"}""", """{"Deep":false,"Kind":"Net","Note":"x","Rate":2,"Trees":1}""")]
    [InlineData("Settings?", """{"trees": 20, "deep": true}""", """{"Deep":true,"Kind":"Tree","Note":null,"Rate":0.5,"Trees":20}""")]
    [InlineData("Settings[]", """[{"trees": 1, "deep": true}, {"trees": 2, "deep": false}]""", """[{"Deep":true,"Kind":"Tree","Note":null,"Rate":0.5,"Trees":1},{"Deep":false,"Kind":"Tree","Note":null,"Rate":0.5,"Trees":2}]""")]
    [InlineData("List<Range>", """[{"low": 1, "high": 2}]""", """[{"High":2,"Low":1}]""")]
    [InlineData("Range", """{"low": 0.25, "high": "Infinity"}""", """{"High":"Infinity","Low":0.25}""")]
    [InlineData("Range?", """{"low": 1, "high": 2}""", """{"High":2,"Low":1}""")]
    [InlineData("Dictionary<string, Range>", """{"b": {"low": 1, "high": 2}}""", """{"b":{"High":2,"Low":1}}""")]
    [InlineData("Grid", """{"ranges": {"rate": {"low": 0, "high": 1}}, "size": [1, 2]}""", """{"All":[],"Ranges":{"rate":{"High":1,"Low":0}},"Size":[1,2]}""")]
    [InlineData("Grid", """{}""", """{"All":[],"Ranges":{},"Size":[0,0]}""")]
    [InlineData("Node", """{"value": 1, "next": {"value": 2, "next": null}, "at": "2024-02-29T12:00:00Z"}""", """{"At":"2024-02-29T12:00:00Z","Next":{"At":null,"Next":null,"Value":2},"Value":1}""")]
    [InlineData("Checked", """{"even": 2}""", """{"Even":2}""")]
    [InlineData("IPet", """{"cat": {"lives": 9}}""", """{"Cat":{"Lives":9}}""")]
    [InlineData("List<IPet>", """[{"Dog": {}}, {"Cat": {"lives": 1}}]""", """[{"Dog":{"Barks":true}},{"Cat":{"Lives":1}}]""")]
    public void Json_OfEachShape_IsTheSameFromEachSource(string type, string json, string shown)
    {
        var flow = Flows[type];

        Assert.Equal(shown, Binding.OfOption(flow, json));
        Assert.Equal(shown, Binding.OfVariable(flow, json));
        Assert.Equal(shown, Binding.OfFile(flow, json));
        Assert.Equal(shown, Binding.OfFile(flow, shown));
    }

    [Fact]
    public void Json_OfAnArray_MayBeGivenItemByItem()
    {
        var flow = Flows["Range[]"];

        Assert.Equal("""[{"High":2,"Low":1},{"High":4,"Low":3}]""", Binding.OfOption(flow, """{"low": 1, "high": 2}""", """{"low": 3, "high": 4}"""));
        Assert.Equal("""[{"High":2,"Low":1}]""", Binding.OfVariable(flow, """[{"low": 1, "high": 2}]"""));
        Assert.Equal("[]", Binding.OfOption(flow, "[]"));
    }

    [Theory]
    [InlineData("Settings", """{"trees": "many", "deep": true}""", """trees: expected a whole number between -2147483648 and 2147483647, found the text "many".""")]
    [InlineData("Settings", """{"tres": 5, "deep": true}""", "Settings has no member 'tres'; did you mean 'trees'?")]
    [InlineData("Settings", """{"x": 5}""", "Settings has no member 'x'; it has deep, kind, note, rate, trees.")]
    [InlineData("Settings", """{"deep": true}""", "'trees' is missing; expected a whole number between -2147483648 and 2147483647.")]
    [InlineData("Settings", """{"trees": 1}""", "'deep' is missing; expected true or false.")]
    [InlineData("Settings", """{"trees": 1, "Trees": 2}""", "'trees' is given twice.")]
    [InlineData("Settings", "[1]", "expected an object of Settings, found a list.")]
    [InlineData("Settings", """{"trees": 1, "deep": true, "kind": "Forest"}""", """kind: the text "Forest" is not one of Tree, Net.""")]
    [InlineData("IPet", """{"caat": {}}""", "'caat' is no IPet; did you mean 'Cat'?")]
    [InlineData("IPet", """{"cat": {"lives": 9}, "dog": {}}""", "expected an object with one of Cat, Dog, found 'dog' too.")]
    [InlineData("Grid", """{"all": [{"trees": 1, "deep": true}, {"trees": 1, "deep": 0}]}""", "all[1].deep: expected true or false, found 0.")]
    [InlineData("Grid", """{"ranges": {"rate": {"low": null}}}""", "ranges.rate.low: expected a number such as 0.5, found null.")]
    [InlineData("Node", """{"value": 1, "next": {"value": 2, "next": {}}}""", "next.next: 'value' is missing; expected a whole number between -2147483648 and 2147483647.")]
    public void Json_WithAMistake_NamesThePathAndWhatWasExpected(string type, string json, string expected)
    {
        var flow = Flows[type];

        Assert.Equal("FG1003 Option --given: " + expected, Binding.OfOption(flow, json));
        Assert.Equal("FG1003 Variable FLOWGEN_PARAM_GIVEN: " + expected, Binding.OfVariable(flow, json));
        var isMember = char.IsLower(expected[0]) && expected.IndexOf(':') is > 0 and var end && !expected[..end].Contains(' ');
        Assert.Equal($"FG1012 Standard input, line 1: given{(isMember ? "." : ": ")}{expected}", Binding.OfFile(flow, json));
    }

    [Theory]
    [InlineData("Settings", "{oops", "'{oops' is not JSON: 'o' is an invalid start of a property name. Expected a '\"'.")]
    [InlineData("Settings", "20", "expected an object of Settings, found 20.")]
    [InlineData("Settings", "{} {}", "'deep' is missing; expected true or false.")]
    [InlineData("Range", """{"low": 1, "high": 2} 3""", """'{"low": 1, "high": 2} 3' is not JSON: '3' is invalid after a single JSON value. Expected end of data.""")]
    [InlineData("Checked", """{"even": 3}""", """'{"even": 3}' is no Checked: only even numbers.""")]
    public void Option_ThatIsNotTheValue_SaysWhy(string type, string text, string expected) =>
        Assert.Equal("FG1003 Option --given: " + expected, Binding.OfOption(Flows[type], text));

    [Theory]
    [InlineData("Settings", """{"deep": true, "kind": "Tree", "note": "text", "rate": 0.5, "trees": 1}""")]
    [InlineData("Grid", """{"all": [{"deep": true, "kind": "Tree", "note": "text", "rate": 0.5, "trees": 1}], "ranges": {"text": {"high": 0.5, "low": 0.5}}, "size": [1, 1]}""")]
    [InlineData("Node", """{"at": "2026-03-14T13:45:00Z", "next": {"at": "2026-03-14T13:45:00Z", "next": {"at": null, "next": null, "value": 1}, "value": 1}, "value": 1}""")]
    public void Example_OfEachShape_IsAValue(string type, string example)
    {
        var flow = Flows[type];

        Assert.Equal(example, flow.Parameters[0].Example);
        Assert.StartsWith("{", Binding.OfOption(flow, example), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfAMessagePackArray_KeepsItsIndices()
    {
        var flow = Flows["Old"];

        Assert.Equal("[null,5,null,\"x\",0]", Binding.OfOption(flow, """{"b": "x", "a": 5}"""));
        Assert.Equal("[null,5,null,null,6]", Binding.OfOption(flow, """{"c": 6, "a": 5}"""));
        Assert.Equal("FG1003 Option --given: 'a' is missing before 'c'; expected a whole number between -2147483648 and 2147483647.", Binding.OfOption(flow, """{"c": 6}"""));
    }

    [Fact]
    public async Task Steps_OfAFlow_GetWhatWasGiven()
    {
        var program = new Loaded("""
            public sealed record Range(double Low, double High = 1);

            [Flow]
            public partial class OneFlow
            {
                [Parameter] public Range[] Ranges { get; init; } = [new(0), new(0.5)];
                [Step] public static double Width([ForEach] Range ranges) => ranges.High - ranges.Low;
                [Step] public static double Sum([Gather(nameof(Width))] double[] all) => all.Sum();
            }
            """);
        var flow = program.Definition("OneFlow");
        var binding = new Binding(flow) { File = """{"ranges": [{"low": 0.75}, {"low": 0, "high": 4}]}""" };

        var artifacts = await Interpreter.RunAsync(flow, ("ranges", binding.Bind()[0]));

        Assert.Equal(4.25, artifacts["sum"]);
    }
}
