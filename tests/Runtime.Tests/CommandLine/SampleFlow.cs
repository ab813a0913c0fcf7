using System.Collections.Immutable;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.CommandLine;

/// <summary>A flow as the generator would write it:
/// <code>
/// table ──▶ grid ──▶ fit[*] ──▶ best ──▶ publish
///   └──────────────────┘
/// </code>
/// </summary>
internal static class SampleFlow
{
    public enum Color { Red, Green, Blue }

    public static FlowDefinition Definition { get; } = new()
    {
        Name = "sample",
        ClassName = "SampleFlow",
        Description = "Trains models and keeps the best one.",
        Parameters =
        [
            new ParameterDefinition<int, Int32Codec>
            {
                Name = "folds", Property = "Folds", TypeName = "int", IsRequired = true, Shareable = true, Parser = ParameterParsers.Parsable<int>(),
                Description = "Into how many parts the rows are split.",
            },
            new ParameterDefinition<double, DoubleCodec>
            {
                Name = "testShare", Property = "TestShare", TypeName = "double", DefaultText = "0.2", Shareable = true, Parser = ParameterParsers.Parsable<double>(),
                Description = "Share of rows held back for testing.", Check = value => value is >= 0.05 and <= 0.5 ? null : "must be between 0.05 and 0.5",
            },
            new ParameterDefinition<Color[], ArrayCodec<Color, EnumCodec<Color>>>
            {
                Name = "colors", Property = "Colors", TypeName = "Color[]", DefaultText = "[Color.Red]", Shareable = true, Parser = ParameterParsers.Array(ParameterParsers.Enum<Color>()),
            },
            new ParameterDefinition<bool, BooleanCodec>
            {
                Name = "strict", Property = "Strict", TypeName = "bool", DefaultText = "false", Shareable = true, Parser = ParameterParsers.Boolean, Description = "Fail on bad rows.",
            },
            new ParameterDefinition<string?, NullableReferenceCodec<string, StringCodec>> { Name = "note", Property = "Note", TypeName = "string?", Shareable = true, Parser = ParameterParsers.Optional(ParameterParsers.String) },
        ],
        Artifacts = [Artifact<int, Int32Codec>("table", "Table"), Artifact<int[], ArrayCodec<int, Int32Codec>>("grid", "Settings[]"), Artifact<double, DoubleCodec>("fit", "double"), Artifact<double, DoubleCodec>("best", "double"), Artifact<string, StringCodec>("report", "string")],
        Dimensions = [new DimensionDefinition("grid", SourceKind.Artifact, 1, new ItemAccess<int, Int32Codec> { Shareable = true })],
        Steps =
        [
            Step("table", 0, 1),
            Step("grid", 1, 1, inputs: [new("table", InputShape.Value, SourceKind.Artifact, 0)]),
            Step("fit", 2, 1, scope: [0], inputs: [new("settings", InputShape.Item, SourceKind.Artifact, 1, 0), new("table", InputShape.Value, SourceKind.Artifact, 0), new("folds", InputShape.Value, SourceKind.Parameter, 0)], retries: 2, timeout: TimeSpan.FromMinutes(10)),
            Step("best", 3, 2, inputs: [new("candidates", InputShape.Gather, SourceKind.Artifact, 2)]),
            Step("publish", 5, 0, inputs: [new("best", InputShape.Value, SourceKind.Artifact, 3)], after: [1]),
        ],
        Create = _ => new object(),
        ReadParameters = _ => [],
        Defaults = () => [null, 0.2, new[] { Color.Red }, false, null],
    };

    private static ArtifactDefinition<T, TCodec> Artifact<T, TCodec>(string name, string type) where TCodec : struct, ICodec<T> => new() { Name = name, TypeName = type, Shareable = true };

    private static StepDefinition Step(
        string name, int firstArtifact, int artifacts, ImmutableArray<InputDefinition>? inputs = null, ImmutableArray<int>? scope = null, ImmutableArray<int>? after = null, int retries = 0, TimeSpan? timeout = null) => new()
    {
        Name = name,
        Method = name,
        FirstArtifact = firstArtifact,
        ArtifactCount = artifacts,
        Inputs = inputs ?? [],
        Scope = scope ?? [],
        After = [.. (after ?? []).Select(before => new AfterDefinition(before))],
        Retry = retries == 0 ? null : new RetryPolicy(retries, TimeSpan.FromSeconds(1)),
        Timeout = timeout,
        Invoke = _ => ValueTask.CompletedTask,
    };
}
