using System.Buffers;
using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>Parameters of every type, from text to the flow object and back.</summary>
public class ParameterTests
{
    [Theory]
    [InlineData("string", "a b")]
    [InlineData("string?", "a")]
    [InlineData("bool", "true")]
    [InlineData("sbyte", "-5")]
    [InlineData("byte", "5")]
    [InlineData("short", "-5")]
    [InlineData("ushort", "5")]
    [InlineData("int", "-5")]
    [InlineData("uint", "5")]
    [InlineData("long", "-5")]
    [InlineData("ulong", "5")]
    [InlineData("float", "1.5")]
    [InlineData("double", "1.5")]
    [InlineData("decimal", "1.5")]
    [InlineData("DayOfWeek", "Monday")]
    [InlineData("DayOfWeek?", "Monday")]
    [InlineData("DateOnly", "2024-02-29")]
    [InlineData("DateTimeOffset", "2024-02-29T12:00:00+01:00")]
    [InlineData("TimeSpan", "00:10:00")]
    [InlineData("Uri", "https://example.org/a")]
    [InlineData("Uri?", "https://example.org/a")]
    [InlineData("Guid", "00000000-0000-0000-0000-000000000001")]
    [InlineData("int?", "5")]
    [InlineData("int[]", "5")]
    [InlineData("string[]", "a")]
    [InlineData("DayOfWeek[]?", "Monday")]
    [InlineData("InputFile", "a.csv")]
    [InlineData("InputFile?", "a.csv")]
    public void Parameter_OfEachType_ComesFromTextAndGoesThroughItsCodec(string type, string text)
    {
        var program = new Loaded($$"""
            [Flow]
            public partial class OneFlow
            {
                [Parameter] public {{type}} Given { get; init; } = default!;
                [Step] public string Show() => $"{Given}";
            }
            """);
        var flow = program.Definition("OneFlow");
        var parameter = flow.Parameters[0];
        var value = parameter.Parse([text]);
        var made = flow.ReadParameters(flow.Create([value]))[0];
        Assert.Equal(value, made);

        if (type.StartsWith("InputFile", StringComparison.Ordinal)) return;   // its content is stored when a run starts
        var buffer = new ArrayBufferWriter<byte>();
        parameter.Encode(buffer, made);
        Assert.Equal(value, parameter.Decode(new ReadOnlySequence<byte>(buffer.WrittenMemory)));
    }

    [Theory]
    [InlineData("int", "Range(1, 5)", 5, 6, "must be between 1 and 5")]
    [InlineData("long", "Range(1, 5)", 1L, 0L, "must be between 1 and 5")]
    [InlineData("float", "Range(0.5, 1)", 0.5f, float.NaN, "must be between 0.5 and 1")]
    [InlineData("double", "Range(0, 1, MaximumIsExclusive = true)", 0.0, 1.0, "must be at least 0 and less than 1")]
    [InlineData("double?", "Range(0, double.PositiveInfinity)", null, -1.0, "must be between 0 and Infinity")]
    [InlineData("string", "AllowedValues(\"a\", \"b\")", "a", "c", "must be one of a, b")]
    [InlineData("DayOfWeek", "AllowedValues(DayOfWeek.Monday)", DayOfWeek.Monday, DayOfWeek.Friday, "must be one of Monday")]
    [InlineData("string", "RegularExpression(@\"\\w+@\\w+\")", "a@b", "a@b!", "must match \\w+@\\w+")]
    [InlineData("string?", "StringLength(3)", null, "abcd", "must have at most 3 characters")]
    [InlineData("string", "StringLength(3, MinimumLength = 2)", "ab", "a", "must have 2 to 3 characters")]
    [InlineData("int[]", "Range(1, 5)", new[] { 1, 5 }, new[] { 1, 6 }, "must be between 1 and 5")]
    public void Validate_ByEachAttribute_FindsWhatIsWrong(string type, string attribute, object? right, object wrong, string message)
    {
        var program = new Loaded($$"""
            [Flow]
            public partial class OneFlow
            {
                [Parameter, {{attribute}}] public {{type}} Given { get; init; } = default!;
                [Step] public string Show() => $"{Given}";
            }
            """);
        var parameter = program.Definition("OneFlow").Parameters[0];

        Assert.Null(parameter.Validate(right));
        Assert.Equal(message, parameter.Validate(wrong));
    }

    [Theory]
    [InlineData("decimal", "Range(typeof(decimal), \"0.1\", \"0.2\")", "0.15", "0.3")]
    [InlineData("TimeSpan", "Range(typeof(TimeSpan), \"00:01:00\", \"00:05:00\")", "00:02:00", "01:00:00")]
    [InlineData("DateOnly", "Range(typeof(DateOnly), \"2020-01-01\", \"2020-12-31\")", "2020-06-01", "2021-01-01")]
    public void Validate_ByRangesOfText_ComparesValues(string type, string attribute, string right, string wrong)
    {
        var program = new Loaded($$"""
            [Flow]
            public partial class OneFlow
            {
                [Parameter, {{attribute}}] public {{type}} Given { get; init; }
                [Step] public string Show() => $"{Given}";
            }
            """);
        var parameter = program.Definition("OneFlow").Parameters[0];

        Assert.Null(parameter.Validate(parameter.Parse([right])));
        Assert.StartsWith("must be between ", parameter.Validate(parameter.Parse([wrong])), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_OfAFlow_AreItsInitializers()
    {
        var program = new Loaded("""
            [Flow]
            public partial class DefaultsFlow
            {
                [Parameter] public required string Title { get; init; }
                [Parameter] public int Count { get; set; } = 3 + 4;
                [Parameter] public string? Note { get; private set; }
                [Step] public string Show() => $"{Title} {Count} {Note}";
            }
            """);
        var flow = program.Definition("DefaultsFlow");

        Assert.Equal([null, 7, null], flow.Defaults());
        Assert.Equal(["n", 8, "x"], flow.ReadParameters(flow.Create(["n", 8, "x"])));
        Assert.Equal([null, "3 + 4", null], flow.Parameters.Select(p => p.DefaultText));
        Assert.Equal([true, false, false], flow.Parameters.Select(p => p.IsRequired));
    }
}
