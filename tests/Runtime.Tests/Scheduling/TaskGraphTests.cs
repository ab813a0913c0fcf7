using FlowGen.CompilerServices;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

public class TaskGraphTests
{
    [Fact]
    public void Of_SeveralWaitsBetweenTwoSteps_AreOneEdgeThatAcceptsWhatAllDo()
    {
        var graph = TaskGraph.Of([new(), new()], 0, 0, [new(0, 1, EdgeAccepts.Anything, CarriesData: false), new(0, 1, EdgeAccepts.Success), new(0, 1, EdgeAccepts.Failure)]);

        Assert.Equal([new TaskEdge(0, 1, EdgeAccepts.Success, CarriesData: true)], graph.Steps[1].Incoming);
        Assert.Equal(graph.Steps[1].Incoming, graph.Steps[0].Outgoing);
        Assert.Equal((true, false), (graph.Steps[0].KeepsOutputs, graph.Steps[1].KeepsOutputs));
    }

    [Fact]
    public void Of_Guards_WaitForTheirDecidersButTakeNothing()
    {
        var graph = TaskGraph.Of([new() { Decides = [0] }, new() { Decides = [1] }, new() { Guard = [new(0, [true]), new(1, [true]) { IsInherited = true }, new(2, [true])] }], 0, 3, []);

        Assert.Equal([0, 1, -1], graph.Deciders);
        Assert.Equal([new TaskEdge(0, 2, EdgeAccepts.Success, CarriesData: false), new TaskEdge(1, 2, EdgeAccepts.Anything, CarriesData: false)], graph.Steps[2].Incoming);
        Assert.False(graph.Steps[0].KeepsOutputs);
    }

    [Theory]
    [InlineData(InputShape.Value, InputWrap.None, 1, (int)EdgeAccepts.Success)]
    [InlineData(InputShape.Value, InputWrap.Outcome, 1, (int)EdgeAccepts.Failure)]
    [InlineData(InputShape.Gather, InputWrap.Optional, 1, (int)EdgeAccepts.Success)]
    [InlineData(InputShape.Gather, InputWrap.None, 0.9, (int)EdgeAccepts.Failure)]
    [InlineData(InputShape.OneOf, InputWrap.None, 1, (int)EdgeAccepts.Success)]
    public void Of_Input_SaysWhatItsTaskPutsUpWith(InputShape shape, InputWrap wrap, double minSuccess, int expected)
    {
        var flow = new Executing.FlowBuilder()
            .Step("a", "", _ => { }, Executing.FlowBuilder.Int("a"))
            .Step("b", "", _ => { }, Executing.FlowBuilder.Int("b"))
            .Step("c", "a", _ => { }).Build();
        var input = new InputDefinition("x", shape, SourceKind.Artifact, 0) { Wrap = wrap, MinSuccess = minSuccess, Alternatives = shape == InputShape.OneOf ? [0, 1] : [] };
        var steps = flow.Steps.SetItem(2, new StepDefinition { Name = "c", Method = "C", Inputs = [input], Invoke = _ => default });
        var graph = TaskGraph.Of(new FlowDefinition
        {
            Name = "f", ClassName = "F", Parameters = [], Artifacts = flow.Artifacts, Dimensions = [], Steps = steps, Create = flow.Create, ReadParameters = flow.ReadParameters, Defaults = flow.Defaults,
        });

        Assert.All(graph.Steps[2].Incoming, edge => Assert.Equal(((EdgeAccepts)expected, true), (edge.Accepts, edge.CarriesData)));
        Assert.Equal(shape == InputShape.OneOf ? [0, 1] : [0], graph.Steps[2].Incoming.Select(edge => edge.From));
    }
}
