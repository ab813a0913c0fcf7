using System.Collections.Immutable;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>A graph as maps by name. What is read is checked: every position in it is one of the graph.</summary>
internal static class GraphCodec
{
    /// <summary>Two graphs are the same if their bytes are.</summary>
    public static byte[] Bytes(GraphDescription graph)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        Write(ref writer, graph);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static void Write(ref MessagePackWriter writer, GraphDescription graph)
    {
        writer.WriteMapHeader(7 + (graph.Policies.IsEmpty ? 0 : 1));
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
            writer.WriteMapHeader(4);
            writer.Write("name"); writer.Write(d.Name);
            writer.Write("kind"); writer.Write(SourceNames.Of(d.Kind));
            writer.Write("source"); writer.Write(d.Source);
            writer.Write("labels"); writer.Write(d.IsLabelled);
        }
        writer.Write("decisions"); writer.WriteArrayHeader(graph.Decisions.Length);
        foreach (var d in graph.Decisions)
        {
            writer.WriteMapHeader(5);
            writer.Write("name"); writer.Write(d.Name);
            writer.Write("kind"); writer.Write(SourceNames.Of(d.Kind));
            writer.Write("source"); writer.Write(d.Source);
            writer.Write("values"); writer.WriteArrayHeader(d.Values.Length);
            foreach (var value in d.Values) writer.Write(value);
            writer.Write("closed"); writer.Write(d.IsClosed);
        }
        if (!graph.Policies.IsEmpty)
        {
            writer.Write("policies");
            GraphStepCodec.Write(ref writer, graph.Policies);
        }
        writer.Write("steps"); writer.WriteArrayHeader(graph.Steps.Length);
        foreach (var step in graph.Steps) GraphStepCodec.Write(ref writer, step);
    }

    /// <param name="reader">Stands on the graph.</param>
    /// <param name="depth">How many flows it is inside of.</param>
    public static GraphDescription Read(ref MessagePackReader reader, int depth = 0)
    {
        if (depth == GraphDescription.MostFlows) throw new FormatException("a flow is in too many others");
        string? flow = null, description = null;
        ImmutableArray<GraphParameter> parameters = [];
        ImmutableArray<GraphArtifact> artifacts = [];
        ImmutableArray<GraphDimension> dimensions = [];
        ImmutableArray<GraphDecision> decisions = [];
        ImmutableArray<GraphStep> steps = [];
        ImmutableArray<KeyValuePair<string, string>> policies = [];
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "flow": flow = Wire.ReadString(ref reader); break;
                case "description": description = reader.ReadString(); break;
                case "parameters": parameters = Wire.ReadArray(ref reader, ReadParameter); break;
                case "artifacts": artifacts = Wire.ReadArray(ref reader, ReadArtifact); break;
                case "dimensions": dimensions = Wire.ReadArray(ref reader, ReadDimension); break;
                case "decisions": decisions = Wire.ReadArray(ref reader, ReadDecision); break;
                case "policies": policies = GraphStepCodec.ReadPolicies(ref reader); break;
                case "steps": steps = Wire.ReadArray(ref reader, (ref r) => GraphStepCodec.Read(ref r, depth)); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        var graph = new GraphDescription(flow ?? throw ManifestCodec.Missing("flow"), description, parameters, artifacts, dimensions, steps) { Decisions = decisions, Policies = policies };
        return IsSound(graph) ? graph : throw new FormatException("the graph refers to something that it does not have");
    }

    private static bool IsSound(GraphDescription graph)
    {
        bool Has(SourceKind kind, int source) => source >= 0 && source < (kind == SourceKind.Artifact ? graph.Artifacts.Length : graph.Parameters.Length);
        return graph.Artifacts.All(a => a.Step < graph.Steps.Length)
            && graph.Dimensions.All(d => Has(d.Kind, d.Source))
            && graph.Decisions.All(d => Has(d.Kind, d.Source))
            && graph.Steps.All(s => s.FirstArtifact + (long)s.ArtifactCount <= graph.Artifacts.Length
                && s.Scope.All(d => d < graph.Dimensions.Length)
                && s.After.All(a => a.Step < graph.Steps.Length)
                && s.Guard.All(g => g.Decision < graph.Decisions.Length && g.Allowed.Length == graph.Decisions[g.Decision].Count)
                && (s.Loop is null || s.Loop.Output < s.ArtifactCount)
                && s.Inputs.All(i => Has(i.Kind, i.Source) && i.Dimension >= -1 && i.Dimension < graph.Dimensions.Length && i.Alternatives.All(a => Has(SourceKind.Artifact, a))))
            && graph.Steps.All(s => IsClosed(graph, s.Scope));
    }

    /// <summary>Each dimension comes once, after those that it is nested in.</summary>
    private static bool IsClosed(GraphDescription graph, ImmutableArray<int> scope)
    {
        for (var i = 0; i < scope.Length; i++)
        {
            var before = scope.AsSpan(0, i);
            if (before.Contains(scope[i])) return false;
            foreach (var outer in graph.ScopeOf(graph.Dimensions[scope[i]]))
                if (!before.Contains(outer)) return false;
        }

        return true;
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
                default: ObjectCodec.Skip(ref reader); break;
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
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new GraphArtifact(name ?? throw ManifestCodec.Missing("name"), type ?? throw ManifestCodec.Missing("type"), step);
    }

    private static GraphDimension ReadDimension(ref MessagePackReader reader)
    {
        string? name = null;
        var kind = SourceKind.Artifact;
        var source = 0;
        var labels = false;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "kind": kind = SourceNames.ReadKind(ref reader); break;
                case "source": source = Wire.ReadIndex(ref reader); break;
                case "labels": labels = reader.ReadBoolean(); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new GraphDimension(name ?? throw ManifestCodec.Missing("name"), kind, source, labels);
    }

    private static GraphDecision ReadDecision(ref MessagePackReader reader)
    {
        string? name = null;
        var kind = SourceKind.Artifact;
        var source = 0;
        var closed = false;
        ImmutableArray<string> values = [];
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "kind": kind = SourceNames.ReadKind(ref reader); break;
                case "source": source = Wire.ReadIndex(ref reader); break;
                case "values": values = Wire.ReadArray(ref reader, Wire.ReadString); break;
                case "closed": closed = reader.ReadBoolean(); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new GraphDecision(name ?? throw ManifestCodec.Missing("name"), kind, source, values, closed);
    }
}
