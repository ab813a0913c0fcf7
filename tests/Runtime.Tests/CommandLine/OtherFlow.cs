using FlowGen.CompilerServices;

namespace Runtime.Tests.CommandLine;

/// <summary>A second flow, without parameters, artifacts or a description.</summary>
internal static class OtherFlow
{
    public static FlowDefinition Definition { get; } = new()
    {
        Name = "other",
        ClassName = "OtherFlow",
        Parameters = [],
        Artifacts = [],
        Dimensions = [],
        Steps = [new StepDefinition { Name = "end", Method = "End", Invoke = _ => ValueTask.CompletedTask }],
        Create = _ => new object(),
        ReadParameters = _ => [],
        Defaults = () => [],
    };
}
