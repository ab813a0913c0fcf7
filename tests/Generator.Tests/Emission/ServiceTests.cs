using FlowGen.CompilerServices;
using Generator.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Generator.Tests.Emission;

/// <summary>Services of the program as inputs of steps.</summary>
public class ServiceTests
{
    private const string Program = """
        public interface IClock { string Now { get; } }
        public sealed class Clock : IClock { public string Now => "noon"; }

        [Flow]
        public partial class TimeFlow
        {
            private sealed class Hidden { }
            [Step] public int Load() => 1;
            [Step] public string Tell(int load, [Service] IClock clock, [Service] IClock? other, [Service] List<string?>? names, CancellationToken cancel) => $"{clock.Now} {other is null} {names is null}";
            [Step] private static string Hide([Service] Hidden? hidden) => $"{hidden}";
        }
        """;

    [Fact]
    public async Task Step_WithServices_GetsThemAndSaysWhich()
    {
        var program = new Loaded(Program);
        var flow = program.Definition("TimeFlow");
        var tell = flow.Steps.Single(step => step.Name == "tell");
        Assert.Equal([("clock", "IClock", false), ("other", "IClock", true), ("names", "List<string?>", true)], tell.Services.Select(service => (service.Name, service.TypeName, service.IsOptional)));
        Assert.Equal(["IClock", "IClock", "List`1"], tell.Services.Select(service => service.Type.Name));
        Assert.Equal(["load"], tell.Inputs.Select(input => input.Name));

        await using var services = new ServiceCollection().AddSingleton(program.Assembly.GetType("IClock")!, program.Assembly.GetType("Clock")!).BuildServiceProvider();
        var frame = new StepFrame(flow.Create([]), [1], 1, new FakeContext("tell"), TestContext.Current.CancellationToken) { Services = services };
        await tell.Invoke(frame);
        Assert.Equal("noon False True", frame.Outputs[0]);
    }

    [Theory]
    [InlineData("[Service, From(\"load\")] IDisposable it", "FG0208 input 'it' of step 'tell' has [Service] and [From], expected one of them; remove all but one")]
    [InlineData("[ForEach(nameof(Load)), Service] IDisposable it", "FG0208 input 'it' of step 'tell' has [ForEach] and [Service], expected one of them; remove all but one")]
    [InlineData("[Service] ILogger it", "FG0209 input 'it' of step 'tell' is a ILogger, which the runtime provides; remove [Service]")]
    [InlineData("[Service] IDisposable it = null!", "FG0207 input 'it' of step 'tell' has a default value that would never be used; remove '= null!'")]
    [InlineData("[Service] (int, int) it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is '(int, int)', which is a value and never a service; remove [Service] to bind the input by its name")]
    [InlineData("[Service] string? it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is 'string?', which is data and never a service; remove [Service] to bind the input by its name")]
    [InlineData("[Service] int[] it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is 'int[]', which is data and never a service; remove [Service] to bind the input by its name")]
    [InlineData("[Service] object it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is 'object', which could be anything; write the type under which it is registered")]
    [InlineData("[Service] dynamic it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is 'dynamic', which could be anything; write the type under which it is registered")]
    [InlineData("[Service] Artifact<int> it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is 'Artifact<int>', which FlowGen itself hands out; remove [Service] to bind the input by its name")]
    [InlineData("[Service] OneFlow it", "FG0215 input 'it' of step 'tell' is marked with [Service], but is 'OneFlow', which is a flow; remove [Service] to bind the input by its name")]
    [InlineData("[Service] IEnumerable<int> load", "FG0216 input 'load' of step 'tell' is marked with [Service], but artifact 'load' of step 'load' has its name and its type; remove [Service] to take that, or rename the input")]
    [InlineData("[Service] IDisposable load")]
    [InlineData("IDisposable it", "FG0201 input 'it' of step 'tell' has no source, no artifact or parameter has this name; return it from a step, declare it as a [Parameter], or mark it with [Service] if the program registers it")]
    [InlineData("IEnumerable<string> it", "FG0201 input 'it' of step 'tell' has no source, no artifact or parameter has this name; return it from a step, or declare it as a [Parameter]")]
    public Task Service_OfEachKind_IsToldInTheseWords(string parameter, params string[] expected) => Telling.AssertAsync(
        $"[Flow] public partial class OneFlow {{ [Step] public List<int> Load() => [1]; [Step] public int Tell({parameter}) => 1; }}", expected);

    [Fact]
    public void Program_WithABuilder_RunsOneFlowOrAll() => Compiler.Compile(Program + """

        public static class Start
        {
            public static async Task<int> Main(string[] args)
            {
                var app = FlowApp.CreateBuilder(args);
                return args.Length == 0 ? await app.RunAsync<TimeFlow>() : await FlowCatalog.RunAsync(app);
            }
        }
        """).AssertClean();

    [Fact]
    public void Program_WithABuilderAndAFlowThatIsNotPartial_TellsThatAlone() => Assert.Equal(["FG0101"], Compiler.Compile("""
        [Flow] public class OneFlow { [Step] public int Load() => 1; }
        public static class Start { public static Task<int> Main(string[] args) => FlowApp.CreateBuilder(args).RunAsync<OneFlow>(); }
        """).All.Select(problem => problem.Id));
}
