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

    [Fact]
    public async Task Build_FiveMistakes_GivesFiveErrors()
    {
        var project = new ConsoleProject(feed, "Five", "<PropertyGroup><NoWarn>$(NoWarn);FG0201;FG0301;FG0501</NoWarn></PropertyGroup>");
        project.Write("Program.cs", """
            using FlowGen;

            return await FlowApp.RunAsync<WrongFlow>(args);

            [Flow]
            public partial class WrongFlow
            {
                [Parameter] public object Anything { get; init; } = 1;

                [Step] public static string[] Words() => ["a", "b"];

                [Step] public static int Count(string[] wrods) => wrods.Length;

                [Step] public static int Length([From(nameof(Words))] int words) => words;

                [Step, Timeout("soon")] public static string Upper([ForEach(nameof(Words))] string word) => word.ToUpperInvariant();

                [Step] public static Stream Open() => Stream.Null;
            }
            """);

        var build = (await project.BuildAsync()).MustFail();

        var errors = BuildError.In(build.Output);
        Assert.All(errors, error => Assert.StartsWith("FG", error.Code, StringComparison.Ordinal));
        Assert.Equal([8, 12, 14, 16, 18], errors.Select(error => error.Line));
    }
}
