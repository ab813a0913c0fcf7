using CsCheck;
using System.Text.Json;
using FlowGen.CommandLine;

namespace Runtime.Tests.CommandLine;

public class QueryParserTests
{
    private static readonly JsonElement s_values = JsonDocument.Parse(
        """{"auc": 0.85, "name": "Ann", "isGood": true, "isBad": false, "none": null, "start": "2026-03-14", "took": "00:01:30", "price": "0.50", "best": {"auc": 0.9}}""").RootElement;

    private static JsonElement Find(QueryPath path) => s_values.TryGetProperty(path.Text, out var value) ? value : path.Text == "best.auc" ? s_values.GetProperty("best").GetProperty("auc") : default;

    [Theory]
    [InlineData("auc > 0.8"), InlineData("auc>=.85"), InlineData("auc = 0.85"), InlineData("0.8 < auc"), InlineData("auc != 1"), InlineData("auc <= 8.5e-1"), InlineData("-1 < auc")]
    [InlineData("name == 'Ann'"), InlineData("name == \"Ann\""), InlineData("name > 'Am'"), InlineData("name != 'O''Hara'")]
    [InlineData("isGood"), InlineData("not isBad"), InlineData("!isBad"), InlineData("not not isGood"), InlineData("isGood == true"), InlineData("isBad = false"), InlineData("isGood == 'True'")]
    [InlineData("isGood and auc > 0.8"), InlineData("isBad or auc > 0.8"), InlineData("isBad || isGood && !isBad"), InlineData("(isBad or isGood) and NOT isBad")]
    [InlineData("start >= '2026-03-01'"), InlineData("start < '2026-03-14T00:00:01Z'"), InlineData("start == '2026-03-14T00:00:00+00:00'")]
    [InlineData("took == 90s"), InlineData("took < 2m"), InlineData("took > 00:01:00"), InlineData("price == 0.5"), InlineData("price < 1"), InlineData("best.auc > auc"), InlineData("none == null"), InlineData("auc != null")]
    public void Holds_OfWhatIsTrue_IsTrue(string text)
    {
        Assert.True(QueryParser.Parse("--where", text).Holds(Find));
        Assert.False(QueryParser.Parse("--where", $"not ({text})").Holds(Find));
    }

    [Theory]
    [InlineData("missing > 1"), InlineData("not missing > 1"), InlineData("missing == 1"), InlineData("missing != 1"), InlineData("missing"), InlineData("none > 1"), InlineData("missing > 1 and isGood"), InlineData("missing > 1 or isBad")]
    public void Holds_OfAMissingValue_IsUnknown(string text) => Assert.Null(QueryParser.Parse("--where", text).Holds(Find));

    [Theory]
    [InlineData("missing > 1 or isGood", true), InlineData("missing > 1 and isBad", false)]
    public void Holds_DecidedByTheOtherSide_IsKnown(string text, bool expected) => Assert.Equal(expected, QueryParser.Parse("--where", text).Holds(Find));

    [Theory]
    [InlineData("", "'' ends where a value is expected")]
    [InlineData("auc >", "'auc >' ends where a value is expected")]
    [InlineData("auc > 1 1", "'auc > 1 1' has '1' at character 9, where and, or, or the end is expected")]
    [InlineData("(auc > 1", "'(auc > 1' ends where ')' is expected")]
    [InlineData("auc > > 1", "'auc > > 1' has '>' at character 7, where a value is expected")]
    [InlineData("auc > 'x", "'auc > 'x' has a text without an end, from character 7 on")]
    [InlineData("auc > 1x", "'auc > 1x' has '1x' at character 7, which is neither a number nor a duration such as 90s")]
    [InlineData("start > 2026-03-14", "'start > 2026-03-14' has '2026' at character 9: put quotes around a date, '2026-03-14'")]
    public void Parse_WhatMakesNoSense_SaysWhere(string text, string expected)
    {
        var error = Assert.Throws<UsageException>(() => QueryParser.Parse("--where", text));

        Assert.Equal(("FG1032", 2, $"Option --where: {expected}."), (error.Code, error.ExitCode, error.Message));
    }

    [Theory]
    [InlineData("auc > 'high'", "auc (0.85) and high cannot be compared; numbers are compared with numbers, texts with texts, times with '2026-03-14', durations with 90s.")]
    [InlineData("best > 1", "best ({\"auc\":0.9}) and 1 cannot be compared; numbers are compared with numbers, texts with texts, times with '2026-03-14', durations with 90s.")]
    [InlineData("auc", "auc is 0.85, which is neither true nor false; compare it with something, such as auc > 0.8.")]
    public void Holds_OfWhatHasNoOrder_SaysWhatItIs(string text, string expected)
    {
        var error = Assert.Throws<UsageException>(() => QueryParser.Parse("--where", text).Holds(Find));

        Assert.Equal(("FG1034", 2, expected), (error.Code, error.ExitCode, error.Message));
    }

    [Fact]
    public void Parse_NestedTooDeeply_IsAMistakeAndNoCrash() =>
        Assert.Equal("FG1032", Assert.Throws<UsageException>(() => QueryParser.Parse("--where", new string('(', 100_000))).Code);

    [Fact]
    public void Parse_AnyText_IsUnderstoodOrAMistake()
    {
        const string letters = "a.b[0]'\"()<>=!&|-+ 1e9 not and or true null 90s";
        Gen.Char[letters].Array[0, 30].Sample(text =>
        {
            try
            {
                QueryParser.Parse("--where", new string(text)).Holds(Find);
            }
            catch (UsageException)
            {
                // What people type.
            }
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("fit[3].auc", "fit", 2), InlineData("score[3,1]", "score", 1), InlineData("testShare", "testShare", 0), InlineData("a.b.c[0]", "a", 3)]
    public void PathParse_OfAPath_TakesItApart(string text, string root, int parts)
    {
        var path = QueryPath.Parse("--show", text);

        Assert.Equal((text, root, parts), (path.Text, path.Root, path.Parts.Count));
    }

    [Theory]
    [InlineData(""), InlineData("1a"), InlineData("a."), InlineData("a[x]"), InlineData("a b"), InlineData("-a")]
    public void PathParse_OfWhatIsNone_IsAMistake(string text) => Assert.Equal("FG1032", Assert.Throws<UsageException>(() => QueryPath.Parse("--show", text)).Code);
}
