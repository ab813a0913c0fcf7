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
    public void Emit_OfSeveralDimensions_IsWhatItWas() =>
        Snapshot.Match(Compiler.Compile(Program).AssertClean().Source("SalesFlow.g.cs"), "SalesFlow.g.cs.txt");
}
