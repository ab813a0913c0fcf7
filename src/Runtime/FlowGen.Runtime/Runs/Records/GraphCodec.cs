using System.Collections.Immutable;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>A graph as maps by name. What is read is checked: every position in it is one of the graph.</summary>
internal static class GraphCodec
{
    public static void Write(ref MessagePackWriter writer, GraphDescription graph)
    {
        writer.WriteMapHeader(6);
        writer.Write("flow"); writer.Write(graph.Flow);
        writer.Write("description"); writer.Write(graph.Description);
        writer.Write("parameters"); writer.WriteArrayHeader(graph.Parameters.Length);
        foreach (var p in graph.Parameters)
        {
            writer.WriteMapHeader(5);
            writer.Write("name"); writer.Write(p.Name);
            writer.Write("type"); writer.Write(p.TypeName);
            writer.Write("default"); writer.Write(p.DefaultText);
            writer.Write("required"); writer.Write(p.IsRequired);
            writer.Write("description"); writer.Write(p.Description);
        }
        writer.Write("artifacts"); writer.WriteArrayHeader(graph.Artifacts.Length);
        foreach (var a in graph.Artifacts)
        {
            writer.WriteMapHeader(3);
            writer.Write("name"); writer.Write(a.Name);
            writer.Write("type"); writer.Write(a.TypeName);
            writer.Write("step"); writer.Write(a.Step);
        }
        writer.Write("dimensions"); writer.WriteArrayHeader(graph.Dimensions.Length);
        foreach (var d in graph.Dimensions)
        {
            writer.WriteMapHeader(3);
            writer.Write("name"); writer.Write(d.Name);
            writer.Write("kind"); writer.Write(Name(d.Kind));
            writer.Write("source"); writer.Write(d.Source);
        }
        writer.Write("steps"); writer.WriteArrayHeader(graph.Steps.Length);
        foreach (var step in graph.Steps) Write(ref writer, step);
    }

    private static void Write(ref MessagePackWriter writer, GraphStep step)
    {
        writer.WriteMapHeader(9);
        writer.Write("name"); writer.Write(step.Name);
        writer.Write("description"); writer.Write(step.Description);
        writer.Write("scope"); Write(ref writer, step.Scope);
        writer.Write("inputs"); writer.WriteArrayHeader(step.Inputs.Length);
        foreach (var input in step.Inputs)
        {
            writer.WriteMapHeader(5);
            writer.Write("name"); writer.Write(input.Name);
            writer.Write("shape"); writer.Write(input.Shape switch { InputShape.Value => "value", InputShape.Item => "item", _ => "gather" });
            writer.Write("kind"); writer.Write(Name(input.Kind));
            writer.Write("source"); writer.Write(input.Source);
            writer.Write("dimension"); writer.Write(input.Dimension);
        }
        writer.Write("firstArtifact"); writer.Write(step.FirstArtifact);
        writer.Write("artifactCount"); writer.Write(step.ArtifactCount);
        writer.Write("after"); Write(ref writer, step.After);
        writer.Write("retries"); writer.Write(step.Retries);
        writer.Write("timeout");
        if (step.Timeout is { } timeout) Wire.Write(ref writer, timeout);
        else writer.WriteNil();
    }

    public static GraphDescription Read(ref MessagePackReader reader)
    {
        string? flow = null, description = null;
        ImmutableArray<GraphParameter> parameters = [];
        ImmutableArray<GraphArtifact> artifacts = [];
        ImmutableArray<GraphDimension> dimensions = [];
        ImmutableArray<GraphStep> steps = [];
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "flow": flow = Wire.ReadString(ref reader); break;
                case "description": description = reader.ReadString(); break;
                case "parameters": parameters = Wire.ReadArray(ref reader, ReadParameter); break;
                case "artifacts": artifacts = Wire.ReadArray(ref reader, ReadArtifact); break;
                case "dimensions": dimensions = Wire.ReadArray(ref reader, ReadDimension); break;
                case "steps": steps = Wire.ReadArray(ref reader, ReadStep); break;
                default: Wire.Skip(ref reader); break;
            }
        }
        var graph = new GraphDescription(flow ?? throw ManifestCodec.Missing("flow"), description, parameters, artifacts, dimensions, steps);
        return IsSound(graph) ? graph : throw new FormatException("the graph refers to something that it does not have");
    }

    private static bool IsSound(GraphDescription graph)
    {
        bool Has(SourceKind kind, int source) => source >= 0 && source < (kind == SourceKind.Artifact ? graph.Artifacts.Length : graph.Parameters.Length);
        return graph.Artifacts.All(a => a.Step < graph.Steps.Length)
            && graph.Dimensions.All(d => Has(d.Kind, d.Source))
            && graph.Steps.All(s => s.FirstArtifact + (long)s.ArtifactCount <= graph.Artifacts.Length
                && s.Scope.All(d => d < graph.Dimensions.Length)
                && s.After.All(a => a < graph.Steps.Length)
                && s.Inputs.All(i => Has(i.Kind, i.Source) && i.Dimension >= -1 && i.Dimension < graph.Dimensions.Length));
    }

    private static GraphParameter ReadParameter(ref MessagePackReader reader)
    {
        string? name = null, type = null, text = null, description = null;
        var required = false;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "type": type = Wire.ReadString(ref reader); break;
                case "default": text = reader.ReadString(); break;
                case "required": required = reader.ReadBoolean(); break;
                case "description": description = reader.ReadString(); break;
                default: Wire.Skip(ref reader); break;
            }
        }
        return new GraphParameter(name ?? throw ManifestCodec.Missing("name"), type ?? throw ManifestCodec.Missing("type"), text, required, description);
    }

    private static GraphArtifact ReadArtifact(ref MessagePackReader reader)
    {
        string? name = null, type = null;
        var step = 0;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "type": type = Wire.ReadString(ref reader); break;
                case "step": step = Wire.ReadIndex(ref reader); break;
                default: Wire.Skip(ref reader); break;
            }
        }
        return new GraphArtifact(name ?? throw ManifestCodec.Missing("name"), type ?? throw ManifestCodec.Missing("type"), step);
    }

    private static GraphDimension ReadDimension(ref MessagePackReader reader)
    {
        string? name = null;
        var kind = SourceKind.Artifact;
        var source = 0;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "kind": kind = ReadKind(ref reader); break;
                case "source": source = Wire.ReadIndex(ref reader); break;
                default: Wire.Skip(ref reader); break;
            }
        }
        return new GraphDimension(name ?? throw ManifestCodec.Missing("name"), kind, source);
    }

    private static GraphStep ReadStep(ref MessagePackReader reader)
    {
        string? name = null, description = null;
        ImmutableArray<int> scope = [], after = [];
        ImmutableArray<InputDefinition> inputs = [];
        int first = 0, count = 0, retries = 0;
        TimeSpan? timeout = null;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "description": description = reader.ReadString(); break;
                case "scope": scope = Wire.ReadArray(ref reader, Wire.ReadIndex); break;
                case "inputs": inputs = Wire.ReadArray(ref reader, ReadInput); break;
                case "firstArtifact": first = Wire.ReadIndex(ref reader); break;
                case "artifactCount": count = Wire.ReadIndex(ref reader); break;
                case "after": after = Wire.ReadArray(ref reader, Wire.ReadIndex); break;
                case "retries": retries = Wire.ReadIndex(ref reader); break;
                case "timeout": timeout = reader.TryReadNil() ? null : Wire.ReadDuration(ref reader); break;
                default: Wire.Skip(ref reader); break;
            }
        }
        return new GraphStep(name ?? throw ManifestCodec.Missing("name"), description, scope, inputs, first, count, after, retries, timeout);
    }

    private static InputDefinition ReadInput(ref MessagePackReader reader)
    {
        string? name = null;
        var (shape, kind, source, dimension) = (InputShape.Value, SourceKind.Artifact, 0, -1);
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "shape": shape = ReadShape(ref reader); break;
                case "kind": kind = ReadKind(ref reader); break;
                case "source": source = Wire.ReadIndex(ref reader); break;
                case "dimension": dimension = reader.ReadInt32(); break;
                default: Wire.Skip(ref reader); break;
            }
        }
        return new InputDefinition(name ?? throw ManifestCodec.Missing("name"), shape, kind, source, dimension);
    }

    private static InputShape ReadShape(ref MessagePackReader reader) => reader.ReadString() switch
    {
        "value" => InputShape.Value,
        "item" => InputShape.Item,
        "gather" => InputShape.Gather,
        _ => throw new FormatException("the shape of an input is unknown"),
    };

    private static string Name(SourceKind kind) => kind == SourceKind.Artifact ? "artifact" : "parameter";

    private static SourceKind ReadKind(ref MessagePackReader reader) => reader.ReadString() switch
    {
        "artifact" => SourceKind.Artifact,
        "parameter" => SourceKind.Parameter,
        _ => throw new FormatException("the kind of a source is unknown"),
    };

    private static void Write(ref MessagePackWriter writer, ImmutableArray<int> values)
    {
        writer.WriteArrayHeader(values.Length);
        foreach (var value in values) writer.Write(value);
    }
}
