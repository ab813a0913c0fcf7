using FlowGen.CompilerServices;
using Generator.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Generator.Tests.Emission;

/// <summary>Resources that each process opens once, as inputs of steps and of each other.</summary>
public class PerWorkerTests
{
    private const string Program = """
        public sealed record Dictionary(string Language, int Words);
        public sealed class Speller(Dictionary words, TimeProvider time) { public string Tell() => $"{words} {time is not null}"; }

        public abstract class BaseFlow
        {
            [PerWorker] protected virtual Dictionary Words(string language) => new(language, 1);
        }

        [Flow]
        public partial class SpellFlow : BaseFlow
        {
            [Parameter] private string Language { get; init; } = "en";
            [Parameter] public int Size { get; init; } = 3;
            protected override Dictionary Words(string language) => new(language, Size);
            [PerWorker] private static async Task<Speller> SpellerAsync([Service] TimeProvider time, Dictionary words, ILogger log, [From(nameof(Size))] int flow, CancellationToken cancel)
            {
                await Task.Yield();
                log.LogInformation("{Flow}", flow);
                return new Speller(words, time);
            }
            [Step] public string[] Texts() => ["a", "b"];
            [Step] public string Check([ForEach(nameof(Texts))] string text, Speller? speller, [From(nameof(SpellerAsync))] object same, [From("words")] Dictionary frame) => $"{text} {speller!.Tell()} {ReferenceEquals(speller, same)} {frame.Language}";
        }
        """;

    [Fact]
    public async Task Step_WithResources_GetsWhatTheirMethodsOpened()
    {
        var program = new Loaded(Program);
        var flow = program.Definition("SpellFlow");
        Assert.Equal([("words", "Words", ""), ("speller", "SpellerAsync", "0")], flow.PerWorker.Select(resource => (resource.Name, resource.Method, string.Join(' ', resource.PerWorker))));
        Assert.Equal(["time"], flow.PerWorker[1].Services.Select(service => service.Name));
        var check = flow.Steps.Single(step => step.Name == "check");
        Assert.Equal([1, 0], check.PerWorker);
        Assert.Equal(["text"], check.Inputs.Select(input => input.Name));

        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider();
        await using var host = FlowGen.Executing.StepHost.Of(flow, services, () => flow.Create(["de", 7]), Assert.Fail, CancellationToken.None);
        var frame = new StepFrame(flow.Create(["de", 7]), ["x"], 1, new FakeContext("check"), TestContext.Current.CancellationToken);
        await host.InvokeAsync(check, frame);

        Assert.Equal("x Dictionary { Language = de, Words = 7 } True True de", frame.Outputs[0]);
    }

    [Theory]
    [InlineData("[PerWorker, Step] public static string Open() => \"\";", "FG0630 method 'Open' has [PerWorker], but is a step too; remove one of the two")]
    [InlineData("[PerWorker] public static T Open<T>() => default!;", "FG0630 method 'Open' has [PerWorker], but is no ordinary method; make it one without type parameters")]
    [InlineData("[PerWorker] public static void Open() { }", "FG0630 method 'Open' has [PerWorker], but returns nothing; return the resource, or Task of it")]
    [InlineData("[PerWorker] public static Task OpenAsync() => Task.CompletedTask;", "FG0630 method 'OpenAsync' has [PerWorker], but returns nothing; return the resource, or Task of it")]
    [InlineData("[PerWorker] public static async ValueTask<string?> Open() { await Task.Yield(); return null; }", "FG0630 method 'Open' has [PerWorker], but returns 'string?', which may be null; throw an exception that says why there is none")]
    [InlineData("[PerWorker] public static Span<int> Open() => default;", "FG0630 method 'Open' has [PerWorker], but returns 'Span<int>', which cannot outlive the call; return a class")]
    [InlineData("[PerWorker] public static string Open(ref int load) => \"\";", "FG0630 method 'Open' has [PerWorker], but takes 'load' by 'ref'; take it by value")]
    [InlineData("[PerWorker] public static string Open(params int[] load) => \"\";", "FG0630 method 'Open' has [PerWorker], but takes 'load' by 'params'; take it by value")]
    [InlineData("[PerWorker] public static string Open(StepContext context) => \"\";", "FG0631 input 'context' of [PerWorker] 'Open' is a StepContext, which belongs to one task; take an ILogger or a CancellationToken")]
    [InlineData("[PerWorker] public static string Open([ForEach(nameof(Sizes))] int size) => \"\";", "FG0631 input 'size' of [PerWorker] 'Open' has [ForEach], but a resource is opened once; remove [ForEach]")]
    [InlineData("[PerWorker] public static string Open(int[] sizes = null!) => \"\";", "FG0631 input 'sizes' of [PerWorker] 'Open' has a default value that would never be used; remove it")]
    [InlineData("[PerWorker] public static string Open([From(nameof(Load))] int size) => \"\";", "FG0631 input 'size' of [PerWorker] 'Open' takes artifact 'load' of step 'load', which is made in a run and belongs to its tasks; open the resource from parameters, and hand the artifact to it in the step")]
    [InlineData("[PerWorker] public static string Open([From(nameof(Two))] int size) => \"\";", "FG0631 input 'size' of [PerWorker] 'Open' takes step 'Two', which is made in a run and belongs to its tasks; open the resource from parameters, and hand the artifact to it in the step")]
    [InlineData("[PerWorker] public static string Open(int[] size) => \"\";", "FG0631 input 'size' of [PerWorker] 'Open' has no source, no parameter or resource has this name; did you mean 'sizes'?")]
    [InlineData("[PerWorker] public static string Open(IDisposable clock) => \"\";", "FG0631 input 'clock' of [PerWorker] 'Open' has no source, no parameter or resource has this name; declare it as a [Parameter], or mark it with [Service] if the program registers it")]
    [InlineData("[PerWorker] public static string Open(string sizes) => \"\";", "FG0631 input 'sizes' of [PerWorker] 'Open' is 'string', but parameter 'sizes' is 'int[]'; write 'int[]'")]
    [InlineData("[PerWorker] public static string Open([Service] int[] clock) => \"\";", "FG0215 input 'clock' of [PerWorker] 'Open' is marked with [Service], but is 'int[]', which is data and never a service; remove [Service] to bind the input by its name")]
    [InlineData("[PerWorker] public static string Open(string open) => \"\";", "FG0632 resource 'open' needs itself (open -> open); remove one of these inputs")]
    [InlineData("[PerWorker] public static string Load2() => \"\"; [PerWorker] public static string Load2Async() => \"\"; [PerWorker] public static Task<string> load2Async() => null!;", "FG0116 resource 'load2' has the name of resource 'load2'; rename one of them")]
    [InlineData("[PerWorker] public static int[] Open() => [1]; [Step] public void Use([Gather(nameof(Open))] int[] all) { }", "FG0633 input 'all' of step 'use' has [Gather] on resource 'open', which each process opens for itself and which is no artifact; remove [Gather], or make it an artifact with [Step]")]
    [InlineData("[PerWorker] public static bool Open() => true; [Step, When(nameof(Open))] public void Use() { }", "FG0633 step 'use' has [When] on resource 'open', which each process opens for itself and which is no artifact; return the decision from a step")]
    [InlineData("[PerWorker] public static string Open() => \"\"; [Step, After(nameof(Open))] public void Use() { }", "FG0210 step 'use' comes after 'Open', which is no step; 'Open' is a resource, which is there from the start; remove [After]")]
    [InlineData("[PerWorker] public static string Open() => \"\"; [Step] public void Use(Outcome<string> open) { }", "FG0213 input 'open' of step 'use' takes 'Outcome<string>', but resource 'open' is there from the start; write 'string'")]
    [InlineData("[PerWorker] public static string Open() => \"\"; [Step] public void Use(int open) { }", "FG0204 input 'open' of step 'use' is 'int', but resource 'open' is 'string'; change the input to 'string', or take another with [From(...)]")]
    [InlineData("[PerWorker, Retry(2)] public static string Open() => \"\";", "FG0120 [Retry] on 'Open' has no effect because 'Open' opens a resource and is no step; remove it")]
    [InlineData("[PerWorker] public static (int, IDisposable) Open() => default; [Step] public void Use((int, IDisposable) open) { }")]
    public Task Resource_WithAMistake_IsToldInTheseWords(string members, params string[] expected) => Telling.AssertAsync(
        $"[Flow] public partial class OneFlow {{ [Parameter] public int[] Sizes {{ get; init; }} = []; [Step] public int Load() => 1; [Step] public (int a, int b) Two() => default; {members} }}", expected);

    [Fact]
    public Task Resource_OutsideAFlow_IsTold() => Telling.AssertAsync("public class Box { [PerWorker] public static string Open() => \"\"; }",
        "FG0120 [PerWorker] on 'Open' has no effect because 'Box' is no flow; mark 'Box' with [Flow], or make it abstract for flows to derive from");
}
