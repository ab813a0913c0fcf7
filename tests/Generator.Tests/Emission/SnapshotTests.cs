using Generator.Tests.Support;

namespace Generator.Tests.Emission;

public class SnapshotTests
{
    [Fact]
    public void Emit_ChurnFlow_IsWhatItWas() =>
        Snapshot.Match(Compiler.Compile(Programs.Churn).AssertClean().Source("Shop.ChurnFlow.g.cs"), "ChurnFlow.g.cs.txt");

    [Fact]
    public void Emit_ReleaseFlow_IsWhatItWas() =>
        Snapshot.Match(Compiler.Compile(Programs.Release).AssertClean().Source("ReleaseFlow.g.cs"), "ReleaseFlow.g.cs.txt");
}
