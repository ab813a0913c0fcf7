using Generator.Tests.Support;

namespace Generator.Tests.Parameters;

/// <summary>Parameters that are results of other runs, and the time of a schedule.</summary>
public class FromRunTests
{
    private const string Other = """
        public sealed record Model(double Weight);
        [Flow("re-train")]
        public partial class OtherFlow
        {
            [Parameter, FromRun(typeof(TakingFlow), "report")] public Artifact<string>? Before { get; init; }
            [Step] public int[] Sizes() => [1];
            [Step] public Model Fit([ForEach(nameof(Sizes))] int size) => new(size);
            [Step(Makes = "best")] public Model Choose([Gather(nameof(Fit))] Model[] all) => all[0];
            [Step] public (Model left, string? note) Split() => (new(1), null);
            [Step] public void Tell(Artifact<string>? before) { }
        }
        """;

    [Fact]
    public void Definition_OfEachParameter_SaysWhereItComesFrom()
    {
        var program = new Loaded(Other, """
            [Flow, Schedule("0 3 * * *")]
            public partial class TakingFlow
            {
                [Parameter, FromRun(typeof(OtherFlow), nameof(OtherFlow.Choose), Tag = "champion")] public Artifact<Model>? Champion { get; init; } = null;
                [Parameter, FromRun(typeof(OtherFlow), "NOTE")] public required Artifact<string?> Note { get; init; }
                [Parameter, FromRun(typeof(TakingFlow), nameof(Report))] public Artifact<string> Own { get; init; } = null!;
                [Parameter, FromSchedule] public DateTimeOffset At { get; init; }
                [Step] public async Task<string> Report(Artifact<Model>? champion, [From(nameof(Note))] Artifact<string?> note, DateTimeOffset at) => $"{champion} {await note.GetAsync()} {at}";
            }
            """);
        var parameters = program.Definition("TakingFlow").Parameters;

        Assert.Equal([("re-train", "best", "champion", true), ("re-train", "note", null, false), ("taking", "report", null, false)],
            parameters.Take(3).Select(parameter => (parameter.FromRun!.Flow, parameter.FromRun.Artifact.Name, parameter.FromRun.Tag, parameter.FromRun.IsOptional)));
        Assert.All(parameters, parameter => Assert.False(parameter.IsRequired));
        Assert.Equal([false, false, false, true], parameters.Select(parameter => parameter.FromSchedule));
    }

    [Theory]
    [InlineData("FromRun(typeof(OtherFlow), \"best\")", "Model? X { get; init; }", "FG0710 parameter 'x' is 'Model?', expected an Artifact, which is read on demand; write 'Artifact<Model>'")]
    [InlineData("FromRun(typeof(Model), \"best\")", "Artifact<Model>? X { get; init; }", "FG0710 parameter 'x' names 'Model', which is no flow; name a class that is marked with [Flow]")]
    [InlineData("FromRun(typeof(OtherFlow), \"bets\")", "Artifact<Model>? X { get; init; }", "FG0710 parameter 'x' names 'bets', which is no artifact of flow 'OtherFlow'; did you mean 'best'?")]
    [InlineData("FromRun(typeof(OtherFlow), \"Tell\")", "Artifact<Model>? X { get; init; }", "FG0710 parameter 'x' names 'Tell', which is no artifact of flow 'OtherFlow'; name one of 'sizes', 'fit', 'best', 'left', 'note'")]
    [InlineData("FromRun(typeof(OtherFlow), \"fit\")", "Artifact<Model>? X { get; init; }", "FG0710 parameter 'x' names 'fit' of flow 'OtherFlow', which exists once for each item of a collection; gather it in a step, and name what that makes")]
    [InlineData("FromRun(typeof(OtherFlow), \"note\")", "Artifact<string>? X { get; init; }", "FG0710 parameter 'x' is 'Artifact<string>?', but artifact 'note' of flow 'OtherFlow' is 'string?'; write 'Artifact<string?>?'")]
    [InlineData("FromRun(typeof(OtherFlow), \"best\", Tag = \"\")", "Artifact<Model>? X { get; init; }", "FG0710 parameter 'x' names the tag '', expected 1 to 100 characters without spaces at its ends; write it like Tag = \"champion\"")]
    [InlineData("FromSchedule", "int X { get; init; }", "FG0711 parameter 'x' has [FromSchedule], but is 'int'; write 'DateTimeOffset' or 'DateOnly'")]
    [InlineData("FromSchedule", "DateOnly? X { get; init; }", "FG0711 parameter 'x' has [FromSchedule], but is 'DateOnly?'; write 'DateTimeOffset' or 'DateOnly'")]
    [InlineData("FromSchedule", "required DateOnly X { get; init; }", "FG0711 parameter 'x' has [FromSchedule], and is required, but always has a value; remove 'required'")]
    [InlineData("FromSchedule", "DateOnly X { get; init; } = DateOnly.MaxValue;", "FG0711 parameter 'x' has [FromSchedule], and a default that would never be used; remove '= DateOnly.MaxValue'")]
    [InlineData("Range(1, 2)", "Artifact<Model>? X { get; init; }", "FG0710 parameter 'x' is 'Artifact<Model>?', but no attribute says of which run; add [FromRun(typeof(OtherFlow), nameof(OtherFlow.Step))]")]
    public Task Parameter_WithAMistake_IsToldInTheseWords(string attribute, string property, params string[] expected) => Telling.AssertAsync(
        Other + $" [Flow] public partial class TakingFlow {{ [Parameter, {attribute}] public {property} [Step] public string Report() => \"\"; }}", expected);

    [Fact]
    public Task Property_ThatIsNoParameter_IsTold() => Telling.AssertAsync(
        Other + " [Flow] public partial class TakingFlow { [FromRun(typeof(OtherFlow), \"best\")] public Artifact<Model>? X { get; init; } [Step] public string Report() => \"\"; }",
        "FG0120 [FromRun] on 'X' has no effect because 'X' is no parameter; add [Parameter] to 'X', or remove it");
}
