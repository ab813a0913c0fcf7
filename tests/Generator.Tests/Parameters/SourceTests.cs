using Generator.Tests.Support;

namespace Generator.Tests.Parameters;

/// <summary>Each type of parameter comes from each source as the same value.</summary>
public class SourceTests
{
    private static readonly OneFlows Flows = new("",
    [
        "string", "string?", "bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "float", "double", "Half", "decimal", "DayOfWeek", "DayOfWeek?",
        "DateOnly", "TimeOnly", "DateTimeOffset", "TimeSpan", "Uri", "Guid", "int?", "int[]", "string[]", "DayOfWeek[]?", "string?[]", "int[][]", "byte[]", "List<double>", "HashSet<string>",
        "HashSet<int>", "ImmutableArray<int>", "Dictionary<string, double>", "Dictionary<DayOfWeek, int[]>", "Dictionary<int, bool>", "Dictionary<(int, int), bool>", "Dictionary<int, int>",
        "Dictionary<string, int>", "(int Low, string High)", "(int, string)", "KeyValuePair<string, int>", "InputFile",
    ]);

    [Theory]
    [InlineData("string", "a, b", "\"a, b\"", "\"a, b\"")]
    [InlineData("string?", "a", "\"a\"", "\"a\"")]
    [InlineData("bool", "TRUE", "true", "true")]
    [InlineData("sbyte", "-5", "-5", "-5")]
    [InlineData("byte", "5", "5", "5")]
    [InlineData("short", "-5", "-5", "-5")]
    [InlineData("ushort", "5", "5", "5")]
    [InlineData("int", "-5", "-5", "-5")]
    [InlineData("uint", "5", "5", "5")]
    [InlineData("long", "-9223372036854775808", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("ulong", "18446744073709551615", "18446744073709551615", "18446744073709551615")]
    [InlineData("Int128", "5", "5", "\"5\"")]
    [InlineData("Int128", "5", "\"5\"", "\"5\"")]
    [InlineData("float", "1.5", "1.5", "1.5")]
    [InlineData("double", "1.5e3", "1.5e3", "1500")]
    [InlineData("double", "NaN", "\"NaN\"", "\"NaN\"")]
    [InlineData("double", "-Infinity", "\"-Infinity\"", "\"-Infinity\"")]
    [InlineData("Half", "1.5", "1.5", "1.5")]
    [InlineData("decimal", "1.50", "1.50", "\"1.50\"")]
    [InlineData("decimal", "1.50", "\"1.50\"", "\"1.50\"")]
    [InlineData("DayOfWeek", "monday", "\"monday\"", "\"Monday\"")]
    [InlineData("DayOfWeek?", "Monday", "\"Monday\"", "\"Monday\"")]
    [InlineData("DateOnly", "2024-02-29", "\"2024-02-29\"", "\"2024-02-29\"")]
    [InlineData("TimeOnly", "12:30:00", "\"12:30:00\"", "\"12:30:00\"")]
    [InlineData("DateTimeOffset", "2024-02-29T12:00:00+01:00", "\"2024-02-29T12:00:00+01:00\"", "\"2024-02-29T12:00:00\\u002B01:00\"")]
    [InlineData("TimeSpan", "1h30m", "\"01:30:00\"", "\"01:30:00\"")]
    [InlineData("Uri", "https://example.org/a", "\"https://example.org/a\"", "\"https://example.org/a\"")]
    [InlineData("Guid", "00000000-0000-0000-0000-000000000001", "\"00000000-0000-0000-0000-000000000001\"", "\"00000000-0000-0000-0000-000000000001\"")]
    [InlineData("int?", "5", "5", "5")]
    [InlineData("int[]", "[1, 2]", "[1, 2]", "[1,2]")]
    [InlineData("int[]", "1,2", "[1, 2]", "[1,2]")]
    [InlineData("string[]", "[\"a,b\", \"[c]\"]", "[\"a,b\", \"[c]\"]", "[\"a,b\",\"[c]\"]")]
    [InlineData("DayOfWeek[]?", "Monday", "[\"Monday\"]", "[\"Monday\"]")]
    [InlineData("string?[]", "[\"a\", null]", "[\"a\", null]", "[\"a\",null]")]
    [InlineData("int[][]", "[[1], [2, 3]]", "[[1], [2, 3]]", "[[1],[2,3]]")]
    [InlineData("byte[]", "AQID", "\"AQID\"", "\"AQID\"")]
    [InlineData("List<double>", "[0.5, 1]", "[0.5, 1]", "[0.5,1]")]
    [InlineData("List<double>", "0.5, 1", "[0.5, 1]", "[0.5,1]")]
    [InlineData("HashSet<string>", "[\"b\", \"a\"]", "[\"b\", \"a\"]", "[\"a\",\"b\"]")]
    [InlineData("ImmutableArray<int>", "[3]", "[3]", "[3]")]
    [InlineData("Dictionary<string, double>", "{\"b\": 1, \"a\": 2}", "{\"b\": 1, \"a\": 2}", "{\"a\":2,\"b\":1}")]
    [InlineData("Dictionary<DayOfWeek, int[]>", "{\"monday\": [1]}", "{\"monday\": [1]}", "{\"Monday\":[1]}")]
    [InlineData("Dictionary<int, bool>", "{\"7\": true}", "{\"7\": true}", "[[7,true]]")]
    [InlineData("Dictionary<(int, int), bool>", "[[[1, 2], true]]", "[[[1, 2], true]]", "[[[1,2],true]]")]
    [InlineData("(int Low, string High)", "[1, \"b\"]", "[1, \"b\"]", "[1,\"b\"]")]
    [InlineData("KeyValuePair<string, int>", "[\"a\", 1]", "[\"a\", 1]", "[\"a\",1]")]
    public void Parameter_OfEachType_IsTheSameFromEachSource(string type, string text, string json, string shown)
    {
        var flow = Flows[type];
        string[] texts = flow.Parameters[0].IsCollection && !text.StartsWith('[') ? text.Split(',', StringSplitOptions.TrimEntries) : [text];

        Assert.Equal(shown, Binding.OfOption(flow, texts));
        Assert.Equal(shown, Binding.OfVariable(flow, text));
        Assert.Equal(shown, Binding.OfFile(flow, json));
        Assert.All(Binding.OfDeploy(flow, texts, text, json), value => Assert.Equal(shown, value));
        // What status shows is what can be given again.
        Assert.Equal(shown, Binding.OfFile(flow, shown));
    }

    [Theory]
    [InlineData("int", "\"5\"", "given: expected a whole number between -2147483648 and 2147483647, found the text \"5\".")]
    [InlineData("int", "5.5", "given: 5.5 is not a whole number between -2147483648 and 2147483647.")]
    [InlineData("byte", "256", "given: 256 is not a whole number between 0 and 255.")]
    [InlineData("int", "null", "given: expected a whole number between -2147483648 and 2147483647, found null.")]
    [InlineData("double", "\"high\"", "given: expected a number such as 0.5, found the text \"high\".")]
    [InlineData("bool", "1", "given: expected true or false, found 1.")]
    [InlineData("string", "5", "given: expected text, found 5.")]
    [InlineData("DayOfWeek", "\"Mondy\"", "given: the text \"Mondy\" is not one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday; did you mean Monday?")]
    [InlineData("DateOnly", "{}", "given: expected a date such as 2026-03-14, found an object.")]
    [InlineData("int[]", "[1, true]", "given[1]: expected a whole number between -2147483648 and 2147483647, found true.")]
    [InlineData("int[]", "1", "given: expected a list, found 1.")]
    [InlineData("(int, string)", "[1]", "given: expected a list of 2, found 1.")]
    [InlineData("(int, string)", "[1, \"a\", 2]", "given[2]: is one item too many.")]
    [InlineData("Dictionary<int, int>", "{\"x\": 1}", "given: the key \"x\" is not a whole number between -2147483648 and 2147483647.")]
    [InlineData("Dictionary<string, int>", "{\"x\": \"y\"}", "given.x: expected a whole number between -2147483648 and 2147483647, found the text \"y\".")]
    [InlineData("HashSet<int>", "[1, 1]", "given: is no HashSet<Int32>: [1]: A set has an item twice.")]
    [InlineData("InputFile", "7", "given: expected the path of a file, found 7.")]
    public void File_OfTheWrongType_SaysWhereAndWhatWasExpected(string type, string json, string expected)
    {
        Assert.Equal("FG1012 Standard input, line 1: " + expected, Binding.OfFile(Flows[type], json));
    }

    [Fact]
    public void Sources_OfOneParameter_TheStrongestWins()
    {
        var program = new Loaded("""
            [Flow]
            public partial class OneFlow
            {
                [Parameter] public int A { get; init; } = 1;
                [Parameter] public int B { get; init; } = 1;
                [Parameter] public int C { get; init; } = 1;
                [Parameter] public int D { get; init; } = 1;
                [Step] public int Sum() => A + B + C + D;
            }
            """);
        var binding = new Binding(program.Definition("OneFlow"))
        {
            File = """{ "a": 2, "b": 2, "C": 2 /* any case */, }""",
            Variables = { ["FLOWGEN_PARAM_A"] = "3", ["FLOWGEN_PARAM_B"] = "3" },
        };

        Assert.Equal([4, 3, 2, 1], binding.Bind("--a", "4"));
        Assert.Empty(binding.Errors);
    }

    [Fact]
    public void File_WithMistakes_TellsEachWithItsLine()
    {
        var program = new Loaded("""
            [Flow]
            public partial class OneFlow
            {
                [Parameter, Range(0.05, 0.5)] public double TestShare { get; init; } = 0.2;
                [Parameter] public required int Folds { get; init; }
                [Parameter] public required string Title { get; init; }
                [Parameter] public required Secret<string> Key { get; init; }
                [Step] public int Sum() => Folds;
            }
            """);
        var binding = new Binding(program.Definition("OneFlow"))
        {
            File = """
                {
                  "testShare": 0.9,
                  "testShar": 0.3,
                  "folds":
                     [1],
                  "other": 1,
                  "key": "k",
                  "title": "a", "Title": "b"
                }
                """,
            Variables = { ["FLOWGEN_PARAM_KEY"] = "k" },
        };

        binding.Bind();

        Assert.Equal(
            [
                "FG1012 Standard input, line 3: there is no parameter 'testShar'; did you mean 'testShare'?",
                "FG1012 Standard input, line 5: folds: expected a whole number between -2147483648 and 2147483647, found a list.",
                "FG1012 Standard input, line 6: there is no parameter 'other'; one has testShare, folds, title.",
                "FG1013 Standard input, line 7: key is a secret, which this file is not; give it in FLOWGEN_PARAM_KEY, in a file that FLOWGEN_PARAM_KEY_FILE or --key-file names ('-' is standard input), or as user secret Key.",
                "FG1012 Standard input, line 8: Title is given twice.",
                "FG1005 Standard input, line 2: testShare: 0.9 must be between 0.05 and 0.5.",
            ], binding.Errors);
    }

    [Theory]
    [InlineData("[]", "FG1012 Standard input, line 1: expected an object with a member for each parameter, found a list.")]
    [InlineData("", "FG1012 Standard input, line 1: this is not JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.")]
    [InlineData("{\n\"given\": 5,\n oops }", "FG1012 Standard input, line 3: this is not JSON: 'o' is an invalid start of a property name. Expected a '\"'.")]
    public void File_ThatIsNoObject_IsOneMistake(string content, string expected)
    {
        var binding = new Binding(Flows["int"]) { File = content };

        binding.Bind();

        Assert.Equal([expected], binding.Errors);
    }

    [Fact]
    public void Parameters_OfBaseClasses_AreSetFromTheFile()
    {
        var program = new Loaded("""
            public abstract class Common
            {
                [Parameter] public required DateOnly Day { get; init; }
                [Parameter] public virtual int Count { get; protected set; } = 1;
                protected Common() { }
            }

            [Flow]
            public partial class OneFlow : Common
            {
                public override int Count { get; protected set; } = 2;
                [Step] public string Show() => $"{Day} {Count}";
            }
            """);
        var flow = program.Definition("OneFlow");
        var binding = new Binding(flow) { File = """{"day": "2024-02-29", "count": 7}""" };

        var values = binding.Bind();

        Assert.Empty(binding.Errors);
        Assert.Equal([new DateOnly(2024, 2, 29), 7], flow.ReadParameters(flow.Create(values)));
    }
}
