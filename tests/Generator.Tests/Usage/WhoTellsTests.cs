using Generator.Tests.Support;

namespace Generator.Tests.Usage;

/// <summary>Mistakes in bodies are told by the analyzers, and by the generator where its errors keep the compiler from running those.</summary>
public class WhoTellsTests
{
    private const string Stateful = "[Flow] public partial class BodyFlow { private int _n; [Step] public int Load() => ++_n; }\n";
    private const string Misplaced = "public class Helper { [Step] public int Make() => 1; }\n";
    private const string WrongGraph = "[Flow] public partial class GraphFlow { [Step] public static int Count(string nobody) => nobody.Length; }\n";
    private const string Namesake = "[Flow(\"body\")] public partial class OtherFlow { [Step] public static int Load() => 1; }\n";

    [Fact]
    public void Generator_GraphsWithoutErrors_LeavesBodiesToTheAnalyzers() => Assert.Empty(Told(Stateful + Misplaced));

    [Fact]
    public void Generator_WarningOnly_LeavesBodiesToTheAnalyzers() =>
        Assert.Equal(["FG0407"], Told(Stateful + """
            public enum Verdict { A, B, C }
            [Flow] public partial class ChoiceFlow
            {
                [Step] public static Verdict Load() => Verdict.A;
                [Step, When(nameof(Load), Verdict.A)] public static int One() => 1;
                [Step, When(nameof(Load), Verdict.B)] public static int Two() => 2;
            }
            """));

    [Theory]
    [InlineData(WrongGraph, "FG0201")]
    [InlineData(Namesake, "FG0107")]
    public void Generator_ErrorInAGraph_TellsBodiesToo(string mistake, string id) =>
        Assert.Equal(((string[])[id, "FG0120", "FG0801"]).Order(), Told(Stateful + Misplaced + mistake).Order());

    [Fact]
    public void Generator_SilencedFinding_StaysSilent() =>
        Assert.Equal(["FG0201"], Told("#pragma warning disable FG0802\n[Flow] public partial class BodyFlow { static int s_n; [Step] public int Load() => ++s_n; }\n#pragma warning restore FG0802\n" + WrongGraph));

    [Fact]
    public void Generator_InAnEditor_LeavesBodiesToTheAnalyzers() => Assert.Equal(["FG0201"], Told(Stateful + Misplaced + WrongGraph, isBuild: false));

    private static string[] Told(string source, bool isBuild = true)
    {
        Compiler.Driver(isBuild: isBuild).RunGeneratorsAndUpdateCompilation(Compiler.Compilation(source), out _, out var reported, TestContext.Current.CancellationToken);
        return [.. reported.Select(told => told.Id)];
    }
}
