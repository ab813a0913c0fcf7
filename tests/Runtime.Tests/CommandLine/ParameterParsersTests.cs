using System.Globalization;
using FlowGen.CompilerServices;

namespace Runtime.Tests.CommandLine;

public class ParameterParsersTests
{
    public enum Color { Red, Green, Blue }

    [Theory]
    [InlineData("7", 7), InlineData("-12", -12), InlineData(" 7 ", 7)]
    public void Parsable_WholeNumber_IsParsed(string text, int expected) => Assert.Equal(expected, ParameterParsers.Parsable<int>().Parse(text));

    [Theory]
    [InlineData("0.5", 0.5), InlineData("1e-3", 0.001), InlineData("-2", -2.0)]
    public void Parsable_Number_IsParsedInTheInvariantCulture(string text, double expected) => Assert.Equal(expected, ParameterParsers.Parsable<double>().Parse(text));

    [Theory]
    [InlineData("90s", 90), InlineData("1h30m", 5400), InlineData("500ms", 0.5), InlineData("01:30:00", 5400), InlineData("1m", 60), InlineData("2d", 172800), InlineData("0.25s", 0.25)]
    public void Parsable_Duration_IsParsed(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), ParameterParsers.Parsable<TimeSpan>().Parse(text));

    [Fact]
    public void Parsable_InstantWithoutOffset_IsUtc() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 13, 45, 0, TimeSpan.Zero), ParameterParsers.Parsable<DateTimeOffset>().Parse("2026-03-14T13:45:00"));

    [Theory]
    [InlineData("Red", Color.Red), InlineData("BLUE", Color.Blue), InlineData("green", Color.Green), InlineData("Green", Color.Green)]
    public void Enum_Name_IsParsed(string text, Color expected) => Assert.Equal(expected, ParameterParsers.Enum<Color>().Parse(text));

    [Fact]
    public void Array_Texts_BecomeElements() => Assert.Equal([1, 2, 3], ParameterParsers.Array(ParameterParsers.Parsable<int>()).Parse(["1", "2", "3"]));

    [Fact]
    public void Optional_OfArray_IsACollection() => Assert.True(ParameterParsers.Optional(ParameterParsers.Array(ParameterParsers.String)).IsCollection);

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "is not a whole number between -2147483648 and 2147483647", () => ParameterParsers.Parsable<int>().Parse("x") },
        { "is not a whole number between -2147483648 and 2147483647", () => ParameterParsers.Parsable<int>().Parse("1,000") },
        { "is not a whole number between 0 and 255", () => ParameterParsers.Parsable<byte>().Parse("256") },
        { "is not a number such as 0.5", () => ParameterParsers.Parsable<double>().Parse("0,5") },
        { "is not a number such as 0.5", () => ParameterParsers.Parsable<decimal>().Parse("") },
        { "is not a date such as 2026-03-14", () => ParameterParsers.Parsable<DateOnly>().Parse("14.3.") },
        { "is not a duration such as 90s, 1h30m or 01:30:00", () => ParameterParsers.Parsable<TimeSpan>().Parse("10") },
        { "is not a duration such as 90s, 1h30m or 01:30:00", () => ParameterParsers.Parsable<TimeSpan>().Parse("") },
        { "is longer than any duration that can be represented", () => ParameterParsers.Parsable<TimeSpan>().Parse("99999999999d") },
        { "is not a GUID such as 0f8fad5b-d9cb-469f-a165-70867728950e", () => ParameterParsers.Parsable<Guid>().Parse("1") },
        { "is not a point in time such as 2026-03-14T13:45:00Z", () => ParameterParsers.Parsable<DateTimeOffset>().Parse("soon") },
        { "is not true or false", () => ParameterParsers.Boolean.Parse("yes") },
        { "is not one of Red, Green, Blue; did you mean Blue?", () => ParameterParsers.Enum<Color>().Parse("bleu") },
        { "is not one of Red, Green, Blue", () => ParameterParsers.Enum<Color>().Parse("1") },
        { "is not one of Red, Green, Blue", () => ParameterParsers.Enum<Color>().Parse("Red, Blue") },
        { "is not the path of a file", () => ParameterParsers.File.Parse("") },
        { "takes one value and was given 2", () => ParameterParsers.String.Parse(["a", "b"]) },
        { "is not a whole number between -2147483648 and 2147483647", () => ParameterParsers.Nullable(ParameterParsers.Parsable<int>()).Parse("x") },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void Parse_Mistake_SaysWhatWasExpected(string expected, Action parse) => Assert.Equal(expected, Assert.Throws<FormatException>(parse).Message);

    [Fact]
    public void Parse_InAnyCulture_GivesTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal(1.25, ParameterParsers.Parsable<double>().Parse("1.25"));
            Assert.Equal(1.5, Assert.IsType<double>(ParameterParsers.Nullable(ParameterParsers.Parsable<double>()).Parse("1.5")));
            Assert.Equal(TimeSpan.FromSeconds(1.5), ParameterParsers.Parsable<TimeSpan>().Parse("1.5s"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
