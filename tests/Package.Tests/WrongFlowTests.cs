using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>A wrong flow does not compile, and says so in FlowGen's words only.</summary>
public sealed class WrongFlowTests(PackedFeed feed)
{
    [Fact]
    public async Task Build_UnknownInput_FailsOnItsLine()
    {
        var project = new ConsoleProject(feed, "Unknown");
        project.Write("Program.cs", """
            using FlowGen;

            return await FlowApp.RunAsync<WrongFlow>(args);

            [Flow]
            public partial class WrongFlow
            {
                [Step] public static string[] Words() => ["a", "b"];

                [Step] public static int Count(string[] wrods) => wrods.Length;
            }
            """);

        var build = (await project.BuildAsync()).MustFail();

        var error = Assert.Single(BuildError.In(build.Output));
        Assert.Equal(("Program.cs", 10), (error.File, error.Line));
        Assert.StartsWith("FG02", error.Code, StringComparison.Ordinal);
        Assert.Contains("words", error.Text, StringComparison.Ordinal);
    }
}
