using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The words of a stored graph, which are also those that <c>show --json</c> writes.</summary>
internal static class SourceNames
{
    private static readonly string[] Shapes = ["value", "item", "gather", "oneOf", "carry"];
    private static readonly string[] Wraps = ["none", "nullable", "optional", "outcome", "handle", "indexed"];

    public static string Of(SourceKind kind) => kind == SourceKind.Artifact ? "artifact" : "parameter";

    public static string Of(InputShape shape) => Shapes[(int)shape];

    public static string Of(InputWrap wrap) => Wraps[(int)wrap];

    public static SourceKind ReadKind(ref MessagePackReader reader) => reader.ReadString() switch
    {
        "artifact" => SourceKind.Artifact,
        "parameter" => SourceKind.Parameter,
        _ => throw new FormatException("the kind of a source is unknown"),
    };

    public static InputShape ReadShape(ref MessagePackReader reader) =>
        Array.IndexOf(Shapes, reader.ReadString()) is >= 0 and var shape ? (InputShape)shape : throw new FormatException("the shape of an input is unknown");

    public static InputWrap ReadWrap(ref MessagePackReader reader) =>
        Array.IndexOf(Wraps, reader.ReadString()) is >= 0 and var wrap ? (InputWrap)wrap : throw new FormatException("the wrap of an input is unknown");
}
