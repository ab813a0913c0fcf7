using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>The typed client and the catalogue, as programs use them.</summary>
public class ClientTests
{
    [Fact]
    public void Client_OfAFlow_CompilesAsWritten() => Compiler.Compile(Programs.Churn, """
        namespace Shop;

        public static class Use
        {
            public static async Task<Candidate> Best()
            {
                ChurnFlow.Run run = await new ChurnFlow { Customers = "a.csv", TestShare = 0.3 }.RunAsync();
                IReadOnlyList<Candidate> all = await run.Fit.ToListAsync();
                ChurnFlow.Run last = await ChurnFlow.Runs(".flowgen").LatestSuccessfulAsync(tag: "prod");
                double[] train = await last.Train;
                return all.Count > train.Length ? all[0] : await run.Best;
            }
        }
        """).AssertClean();

    [Fact]
    public void Client_WithHiddenTypes_OmitsWhatCannotBeNamed()
    {
        var source = Compiler.Compile("""
            internal sealed record Row(int Id);

            [Flow]
            public partial class HiddenFlow
            {
                private sealed record Secret(int Id);
                [Step] private Row[] Rows() => [new(1)];
                [Step(Makes = "secret")] private Secret Hide(Row[] rows) => new(rows.Length);
                [Step] private int Show(Secret secret) => secret.Id;
            }
            """).AssertClean().Source("HiddenFlow.g.cs");

        Assert.Contains("internal global::FlowGen.RunArtifact<global::Row[]> Rows", source, StringComparison.Ordinal);
        Assert.DoesNotContain(" Secret =>", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_OfSeveralFlows_NamesThem()
    {
        var compiled = Compiler.Compile("""
            return await FlowCatalog.RunAsync(args); // await FlowApp
            """, """
            namespace A { [Flow] public partial class OneFlow { [Step] public int Load() => 1; } }
            public partial class Outer { [Flow("b")] internal partial class TwoFlow { [Step] public int Load() => 1; } [Flow("c")] private partial class Hidden { [Step] public int Load() => 1; } }
            """).AssertClean();

        Snapshot.Match(compiled.Source("FlowCatalog.g.cs"), "FlowCatalog.g.cs.txt");
    }
}
