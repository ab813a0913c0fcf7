using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>Steps in several dimensions: compiled, loaded and run.</summary>
public class DimensionTests
{
    private const string Program = """
        public sealed record Store(string Name, int Days);

        /// <summary>Scores each day of each store with each setting.</summary>
        [Flow]
        public partial class SalesFlow
        {
            [Parameter] public int[] Settings { get; init; } = [10, 20];
            [Step] public Store[] Stores() => [new("a", 2), new("b", 0), new("c", 3)];
            [Step] public int[] Days([ForEach(nameof(Stores))] Store store) => [.. Enumerable.Range(1, store.Days)];
            [Step] public string Score([ForEach(nameof(Settings), MaxParallel = 4)] int setting, [ForEach(nameof(Days), MaxParallel = 2)] int day, [ForEach(nameof(Stores))] Store store) => $"{setting}{store.Name}{day}";
            [Step] public string Twice(string score, int[] days) => $"{score}/{days.Length}";
            [Step] public string OfStore([Gather(nameof(Score), Over = nameof(Days))] IReadOnlyList<string> scores) => string.Join("+", scores);
            [Step] public string OfSetting([Gather(nameof(Score), Over = "stores")] string[] scores) => string.Join("+", scores);
            [Step] public string OfDay([Gather(nameof(Score), Over = "SETTINGS")] ImmutableArray<string> scores) => string.Join("+", scores);
            [Step] public int All([Gather(nameof(OfStore))] IReadOnlyList<string> stores) => stores.Count;
        }
        """;

    private const string Shapes = """
        public sealed record Named(string Name, double Size);
        public sealed record Sized(string Name, double Size);

        [Flow]
        public partial class ShapesFlow
        {
            [Parameter] public int Fixed { get; init; } = 1;
            [Step] public int Number() => 7;
            [Step] public string Word() => "word";
            [Step] public string? Text() => "seven";
            [Step] public int[] Numbers() => [1, 2, 3];
            [Step] public int Squared([ForEach(nameof(Numbers))] int number) => number * number;
            [Step] public string Spelled([ForEach(nameof(Numbers))] int number) => $"n{number}";
            [Step] public async Task<string> Plain([From(nameof(Number))] int? a, [From(nameof(Number))] Optional<int> b, [From(nameof(Number))] Outcome<int> c,
                [From(nameof(Number))] Artifact<int> d, [From(nameof(Fixed))] int? e, [From(nameof(Word))] object? f, [From(nameof(Word))] Outcome<object> g, string? text) =>
                $"{a} {b.Value} {c.Value} {await d.GetAsync()} {d.Name} {e} {f} {g.Value} {text}";
            [Step] public string Gathered([Gather(nameof(Squared))] IReadOnlyList<int> a, [Gather(nameof(Squared))] int?[] b, [Gather(nameof(Squared))] ImmutableArray<Optional<int>> c,
                [Gather(nameof(Squared))] Outcome<int>[] d, [Gather(nameof(Squared))] IReadOnlyList<Artifact<int>> e, [Gather(nameof(Squared), MinSuccess = 0.75)] IReadOnlyList<Item<int>> f,
                [Gather(nameof(Spelled))] IReadOnlyList<Outcome<object>> g, [Gather(nameof(Spelled))] IReadOnlyList<object?> h) =>
                $"{string.Join(',', a)} {string.Join(',', b)} {string.Join(',', c)} {string.Join(',', d.Select(o => o.Value))} {e[2].Name} {string.Join(',', f.Select(i => $"{i.Index[0]}:{i.Value}"))} {string.Join(',', g.Select(o => o.Value))} {string.Join(',', h)}";
            [Step] public async Task<string> Streamed([Gather(nameof(Squared))] IAsyncEnumerable<Item<int>> a, [Gather(nameof(Squared))] IAsyncEnumerable<int> b, [Gather(nameof(Squared))] IAsyncEnumerable<Outcome<int>> c)
            {
                var (items, values, outcomes) = (new List<string>(), new List<int>(), new List<int>());
                await foreach (var item in a) items.Add($"{item.Index[0]}:{item.Value}");
                await foreach (var value in b) values.Add(value);
                await foreach (var outcome in c) outcomes.Add(outcome.Value);
                return $"{string.Join(',', items)} {string.Join(',', values)} {string.Join(',', outcomes)}";
            }
            [Step] public Named[] Names() => [];
            [Step] public int Name([ForEach(nameof(Names), Label = nameof(Named.Name))] Named item) => 1;
            [Step] public Sized?[] Sizes() => [];
            [Step] public int Size([ForEach(nameof(Sizes), Label = nameof(Sized.Size))] Sized? item) => 1;
        }
        """;

    [Fact]
    public async Task Flow_InThreeDimensions_RunsForEachIndex()
    {
        using var program = new Loaded(Program);
        var flow = program.Definition("SalesFlow");
        var artifacts = await Interpreter.RunAsync(flow);

        Assert.Equal(["10a1", "10a2", "10c1", "10c2", "10c3", "20a1", "20a2", "20c1", "20c2", "20c3"], (object[])artifacts["score"]!);
        Assert.Equal("10c3/3", ((object[])artifacts["twice"]!)[4]);
        Assert.Equal(["10a1+10a2", "", "10c1+10c2+10c3", "20a1+20a2", "", "20c1+20c2+20c3"], (object[])artifacts["ofStore"]!);
        Assert.Equal(["10a1+10a2+10c1+10c2+10c3", "20a1+20a2+20c1+20c2+20c3"], (object[])artifacts["ofSetting"]!);
        Assert.Equal(["10a1+20a1", "10a2+20a2", "10c1+20c1", "10c2+20c2", "10c3+20c3"], (object[])artifacts["ofDay"]!);
        Assert.Equal(6, artifacts["all"]);
        Assert.Equal(2, flow.Steps.Single(step => step.Name == "score").MaxParallel);
        Assert.Equal(["settings", "stores", "days"], flow.Steps.Single(step => step.Name == "score").Scope.Select(dimension => flow.Dimensions[dimension].Name));
    }

    [Fact]
    public async Task Inputs_OfEveryShape_GetTheValue()
    {
        using var program = new Loaded(Shapes);
        var artifacts = await Interpreter.RunAsync(program.Definition("ShapesFlow"));

        Assert.Equal("7 7 7 7 number 1 word word seven", artifacts["plain"]);
        Assert.Equal("1,4,9 1,4,9 1,4,9 1,4,9 squared[2] 0:1,1:4,2:9 n1,n2,n3 n1,n2,n3", artifacts["gathered"]);
        Assert.Equal("0:1,1:4,2:9 1,4,9 1,4,9", artifacts["streamed"]);
    }

    [Fact]
    public void Definition_OfEveryShape_SaysWhatItTakes()
    {
        using var program = new Loaded(Shapes);
        var flow = program.Definition("ShapesFlow");
        IEnumerable<(string, InputWrap, double, bool)> Of(string name) => flow.Steps.Single(step => step.Name == name).Inputs.Select(input => (input.Name, input.Wrap, input.MinSuccess, input.IsStream));

        Assert.Equal([("a", InputWrap.Nullable, 1, false), ("b", InputWrap.Optional, 1, false), ("c", InputWrap.Outcome, 1, false), ("d", InputWrap.Handle, 1, false),
            ("e", InputWrap.None, 1, false), ("f", InputWrap.Nullable, 1, false), ("g", InputWrap.Outcome, 1, false), ("text", InputWrap.None, 1, false)], Of("plain"));
        Assert.Equal([("a", InputWrap.None, 1, false), ("b", InputWrap.Nullable, 1, false), ("c", InputWrap.Optional, 1, false), ("d", InputWrap.Outcome, 1, false), ("e", InputWrap.Handle, 1, false),
            ("f", InputWrap.Indexed, 0.75, false), ("g", InputWrap.Outcome, 1, false), ("h", InputWrap.Nullable, 1, false)], Of("gathered"));
        Assert.Equal([("a", InputWrap.Indexed, 1, true), ("b", InputWrap.None, 1, true), ("c", InputWrap.Outcome, 1, true)], Of("streamed"));
        Assert.Equal(["one", "2.5", null], new[] { new object[] { "one", 1.0 }, ["two", 2.5] }.Select((values, i) => flow.Dimensions[i + 1].Label!(program.New(i == 0 ? "Named" : "Sized", values))).Append(flow.Dimensions[1].Label!(null)));
    }

    [Fact]
    public void Emit_OfEveryShape_IsWhatItWas() => Snapshot.Match(Compiler.Compile(Shapes).AssertClean().Source("ShapesFlow.g.cs"), "ShapesFlow.g.cs.txt");

    [Fact]
    public void Emit_OfSeveralDimensions_IsWhatItWas() =>
        Snapshot.Match(Compiler.Compile(Program).AssertClean().Source("SalesFlow.g.cs"), "SalesFlow.g.cs.txt");
}
