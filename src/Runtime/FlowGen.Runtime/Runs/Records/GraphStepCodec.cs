using System.Collections.Immutable;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>A step of a graph as a map by name. What most steps and inputs do not have is left out.</summary>
internal static class GraphStepCodec
{
    public static void Write(ref MessagePackWriter writer, GraphStep step)
    {
        writer.WriteMapHeader(9 + (step.Guard.IsEmpty ? 0 : 1) + (step.Contained ? 1 : 0) + (step.Loop is null ? 0 : 1) + (step.Policies.IsEmpty ? 0 : 1) + (step.SubFlow is null ? 0 : 1));
        writer.Write("name"); writer.Write(step.Name);
        writer.Write("description"); writer.Write(step.Description);
        writer.Write("scope"); Write(ref writer, step.Scope);
        writer.Write("inputs"); writer.WriteArrayHeader(step.Inputs.Length);
        foreach (var input in step.Inputs) Write(ref writer, input);
        writer.Write("firstArtifact"); writer.Write(step.FirstArtifact);
        writer.Write("artifactCount"); writer.Write(step.ArtifactCount);
        writer.Write("after"); writer.WriteArrayHeader(step.After.Length);
        foreach (var after in step.After)
        {
            writer.WriteArrayHeader(2);
            writer.Write(after.Step);
            writer.Write(after.Always);
        }
        writer.Write("retries"); writer.Write(step.Retries);
        writer.Write("timeout");
        if (step.Timeout is { } timeout) Wire.Write(ref writer, timeout);
        else writer.WriteNil();
        if (!step.Policies.IsEmpty)
        {
            writer.Write("policies");
            Write(ref writer, step.Policies);
        }
        if (!step.Guard.IsEmpty)
        {
            writer.Write("guard"); writer.WriteArrayHeader(step.Guard.Length);
            foreach (var side in step.Guard)
            {
                writer.WriteArrayHeader(3);
                writer.Write(side.Decision);
                writer.WriteArrayHeader(side.Allowed.Length);
                foreach (var allowed in side.Allowed) writer.Write(allowed);
                writer.Write(side.IsInherited);
            }
        }
        if (step.Contained)
        {
            writer.Write("contained"); writer.Write(true);
        }
        if (step.Loop is { } loop)
        {
            writer.Write("loop"); writer.WriteArrayHeader(3);
            writer.Write(loop.Max);
            writer.Write(loop.StopAtMax);
            writer.Write(loop.Output);
        }
        if (step.SubFlow is { } inner)
        {
            writer.Write("subFlow"); GraphCodec.Write(ref writer, inner);
        }
    }

    /// <param name="reader">Stands on the step.</param>
    /// <param name="depth">How many flows it is inside of.</param>
    public static GraphStep Read(ref MessagePackReader reader, int depth)
    {
        GraphDescription? subFlow = null;
        string? name = null, description = null;
        ImmutableArray<int> scope = [];
        ImmutableArray<AfterDefinition> after = [];
        ImmutableArray<InputDefinition> inputs = [];
        ImmutableArray<GuardDefinition> guard = [];
        ImmutableArray<KeyValuePair<string, string>> policies = [];
        int first = 0, count = 0, retries = 0;
        var contained = false;
        GraphLoop? loop = null;
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
                case "after": after = Wire.ReadArray(ref reader, ReadAfter); break;
                case "retries": retries = Wire.ReadIndex(ref reader); break;
                case "timeout": timeout = reader.TryReadNil() ? null : Wire.ReadDuration(ref reader); break;
                case "policies": policies = ReadPolicies(ref reader); break;
                case "guard": guard = Wire.ReadArray(ref reader, ReadGuard); break;
                case "contained": contained = reader.ReadBoolean(); break;
                case "loop": loop = ReadLoop(ref reader); break;
                case "subFlow": subFlow = GraphCodec.Read(ref reader, depth + 1); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new GraphStep(name ?? throw ManifestCodec.Missing("name"), description, scope, inputs, first, count, after, retries, timeout) { Policies = policies, Guard = guard, Contained = contained, Loop = loop, SubFlow = subFlow };
    }

    /// <summary>A list of pairs, as a flow may have several of a name.</summary>
    public static void Write(ref MessagePackWriter writer, ImmutableArray<KeyValuePair<string, string>> policies)
    {
        writer.WriteArrayHeader(policies.Length);
        foreach (var (name, value) in policies)
        {
            writer.WriteArrayHeader(2);
            writer.Write(name);
            writer.Write(value);
        }
    }

    public static ImmutableArray<KeyValuePair<string, string>> ReadPolicies(ref MessagePackReader reader)
    {
        return Wire.ReadArray(ref reader, ReadPolicy);

        static KeyValuePair<string, string> ReadPolicy(ref MessagePackReader reader)
        {
            Wire.Array(ref reader, 2);
            return KeyValuePair.Create(Wire.ReadString(ref reader), Wire.ReadString(ref reader));
        }
    }

    private static void Write(ref MessagePackWriter writer, InputDefinition input)
    {
        writer.WriteMapHeader(5 + (input.Wrap == InputWrap.None ? 0 : 1) + (input.Alternatives.IsEmpty ? 0 : 1) + (input.MinSuccess == 1 ? 0 : 1) + (input.IsStream ? 1 : 0));
        writer.Write("name"); writer.Write(input.Name);
        writer.Write("shape"); writer.Write(SourceNames.Of(input.Shape));
        writer.Write("kind"); writer.Write(SourceNames.Of(input.Kind));
        writer.Write("source"); writer.Write(input.Source);
        writer.Write("dimension"); writer.Write(input.Dimension);
        if (input.Wrap != InputWrap.None)
        {
            writer.Write("wrap"); writer.Write(SourceNames.Of(input.Wrap));
        }
        if (!input.Alternatives.IsEmpty)
        {
            writer.Write("alternatives"); Write(ref writer, input.Alternatives);
        }
        if (input.MinSuccess != 1)
        {
            writer.Write("minSuccess"); writer.Write(input.MinSuccess);
        }
        if (input.IsStream)
        {
            writer.Write("stream"); writer.Write(true);
        }
    }

    private static InputDefinition ReadInput(ref MessagePackReader reader)
    {
        string? name = null;
        var (shape, kind, source, dimension) = (InputShape.Value, SourceKind.Artifact, 0, -1);
        var (wrap, minSuccess, isStream) = (InputWrap.None, 1.0, false);
        ImmutableArray<int> alternatives = [];
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "shape": shape = SourceNames.ReadShape(ref reader); break;
                case "kind": kind = SourceNames.ReadKind(ref reader); break;
                case "source": source = Wire.ReadIndex(ref reader); break;
                case "dimension": dimension = reader.ReadInt32(); break;
                case "wrap": wrap = SourceNames.ReadWrap(ref reader); break;
                case "alternatives": alternatives = Wire.ReadArray(ref reader, Wire.ReadIndex); break;
                case "minSuccess": minSuccess = reader.ReadDouble(); break;
                case "stream": isStream = reader.ReadBoolean(); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new InputDefinition(name ?? throw ManifestCodec.Missing("name"), shape, kind, source, dimension) { Wrap = wrap, Alternatives = alternatives, MinSuccess = minSuccess, IsStream = isStream };
    }

    private static AfterDefinition ReadAfter(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        return new AfterDefinition(Wire.ReadIndex(ref reader), reader.ReadBoolean());
    }

    private static GuardDefinition ReadGuard(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 3);
        return new GuardDefinition(Wire.ReadIndex(ref reader), Wire.ReadArray(ref reader, static (ref r) => r.ReadBoolean())) { IsInherited = reader.ReadBoolean() };
    }

    private static GraphLoop ReadLoop(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 3);
        return new GraphLoop(Wire.ReadIndex(ref reader), reader.ReadBoolean(), Wire.ReadIndex(ref reader));
    }

    private static void Write(ref MessagePackWriter writer, ImmutableArray<int> values)
    {
        writer.WriteArrayHeader(values.Length);
        foreach (var value in values) writer.Write(value);
    }
}
