using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Emission;

/// <summary>Steps in several dimensions: compiled, loaded and run.</summary>
public class DimensionTests
{
    [Fact]
    public async Task Flow_InThreeDimensions_RunsForEachIndex()
    {
        var program = new Loaded(Programs.Sales);
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
        var program = new Loaded(Programs.Shapes);
        var artifacts = await Interpreter.RunAsync(program.Definition("ShapesFlow"));

        Assert.Equal("7 7 7 7 number 1 word word seven", artifacts["plain"]);
        Assert.Equal("1,4,9 1,4,9 1,4,9 1,4,9 squared[2] 0:1,1:4,2:9 n1,n2,n3 n1,n2,n3", artifacts["gathered"]);
        Assert.Equal("0:1,1:4,2:9 1,4,9 1,4,9", artifacts["streamed"]);
    }

    [Fact]
    public void Definition_OfEveryShape_SaysWhatItTakes()
    {
        var program = new Loaded(Programs.Shapes);
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
    public void Emit_OfEveryShape_IsWhatItWas() => Snapshot.Match(Compiler.Compile(Programs.Shapes).AssertClean().Source("ShapesFlow.g.cs"), "ShapesFlow.g.cs.txt");

    [Fact]
    public void Emit_OfSeveralDimensions_IsWhatItWas() =>
        Snapshot.Match(Compiler.Compile(Programs.Sales).AssertClean().Source("SalesFlow.g.cs"), "SalesFlow.g.cs.txt");
}
