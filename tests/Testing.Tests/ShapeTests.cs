using System.Collections.Immutable;
using FlowGen;
using FlowGen.Testing;
using Testing.Tests.Flows;

namespace Testing.Tests;

/// <summary>Replacements get their inputs in whatever shape the step declares.</summary>
public sealed class ShapeTests
{
    private static readonly ShapesFlow Flow = new() { File = InputFile.FromText("numbers.txt", "one\ntwo") };

    [Fact]
    public async Task Replace_EveryShape_GetsWhatTheStepWouldHave()
    {
        var test = new FlowTest()
            .Replace(ShapesFlow.Plain, (file, numbers, logger, context) => $"{file.ReadAllText()} {string.Join('+', numbers)} {context.Step} {logger is not null}")
            .Replace(ShapesFlow.Missing, (odd, even) => $"{odd is null} {even.Or(0)}")
            .Replace(ShapesFlow.Either, parity => $"{parity}")
            .Replace(ShapesFlow.HandleAsync, async plain => $"{plain.Name} {(await plain.GetAsync()).Length}")
            .Replace(ShapesFlow.Accept, plain => $"{plain.Succeeded}")
            .Replace(ShapesFlow.Arrays, (array, immutable, list) => $"{string.Join('+', array)} {immutable[1]} {list[0]}")
            .Replace(ShapesFlow.Wrapped, (items, outcomes) => $"{string.Join('+', items.Select(item => $"{item.Index[0]}:{item.Value}"))} {outcomes[0].Value}")
            .Replace(ShapesFlow.StreamedAsync, async squares =>
            {
                var all = new List<string>();
                await foreach (var square in squares) all.Add(square);
                return string.Join('+', all);
            });

        var run = await Flow.RunAsync(test);

        Assert.Equal("one\ntwo 3+4 plain True", await run.Plain);
        Assert.Equal("True 2", await run.Missing);
        Assert.Equal("2", await run.Either);
        Assert.Equal("plain 22", await run.Handle);
        Assert.Equal("True", await run.Accept);
        Assert.Equal("9+16 16 9", await run.Arrays);
        Assert.Equal("0:9+1:16 9", await run.Wrapped);
        Assert.Equal("9+16", await run.Streamed);
    }

    [Fact]
    public async Task Replace_ByName_GetsEveryShapeToo()
    {
        var test = new FlowTest()
            .Replace("square", (int number) => $"<{number}>")
            .Replace("missing", (Optional<int> even, int? odd) => $"{odd} {even.HasValue}")
            .Replace("arrays", (ImmutableArray<string> list, IEnumerable<string> array) => $"{list.Length} {array.Last()}")
            .Replace("wrapped", (IReadOnlyList<Outcome<string>> outcomes) => outcomes[1].Value);

        var run = await new ShapesFlow { IsOdd = true, File = InputFile.FromBytes("x", [1]) }.RunAsync(test);

        Assert.Equal("1 False", await run.Missing);
        Assert.Equal("2 <4>", await run.Arrays);
        Assert.Equal("<4>", await run.Wrapped);
    }

    [Fact]
    public async Task Replace_Loop_StillAsksItsCondition()
    {
        var test = new FlowTest().Replace(ShapesFlow.Grow, size => size + 2).Fail("grow#1", new IOException("once"));

        var error = await Assert.ThrowsAsync<RunFailedException>(() => Flow.RunAsync(test, TestContext.Current.CancellationToken));
        Assert.Contains("grow#1", error.Message, StringComparison.Ordinal);
        test.AssertSucceeded("grow#0").AssertFailed("grow#1").AssertBlocked("end");

        var run = await Flow.RunAsync(new FlowTest().Replace(ShapesFlow.Grow, size => size + 2).Replace("end", () => { }));
        Assert.Equal(4, await run.Grow);
    }
}
