using System.Collections.Immutable;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>A manifest as a map by name: readers skip names they do not know, so later versions may add some.</summary>
internal static class ManifestCodec
{
    public static void Write(ref MessagePackWriter writer, RunManifest manifest)
    {
        writer.WriteMapHeader(16 + (manifest.Overrides.IsEmpty ? 0 : 1) + (manifest.Forced.IsEmpty ? 0 : 1) + (manifest.Snapshot is null ? 0 : 1) + (manifest.Sdk is null ? 0 : 1));
        writer.Write("run"); writer.Write(manifest.Run.ToString());
        writer.Write("created"); Wire.Write(ref writer, manifest.Created);
        writer.Write("user"); writer.Write(manifest.User);
        writer.Write("host"); writer.Write(manifest.Host);
        writer.Write("tags"); writer.WriteArrayHeader(manifest.Tags.Length);
        foreach (var tag in manifest.Tags) writer.Write(tag);
        writer.Write("origin"); writer.Write(manifest.Origin?.ToString());
        writer.Write("firstOrigin"); writer.Write(manifest.FirstOrigin?.ToString());
        writer.Write("generation"); writer.Write(manifest.Generation);
        writer.Write("graph"); GraphCodec.Write(ref writer, manifest.Graph);
        writer.Write("parameters"); writer.WriteArrayHeader(manifest.Parameters.Length);
        foreach (var parameter in manifest.Parameters)
        {
            writer.WriteMapHeader(3);
            writer.Write("name"); writer.Write(parameter.Name);
            writer.Write("type"); writer.Write(parameter.TypeName);
            writer.Write("value"); writer.Write(parameter.Value.Span);
        }
        if (!manifest.Overrides.IsEmpty)
        {
            writer.Write("overrides"); writer.WriteArrayHeader(manifest.Overrides.Length);
            foreach (var change in manifest.Overrides)
            {
                writer.WriteArrayHeader(3);
                writer.Write(change.Step);
                writer.Write(change.Policy);
                writer.Write(change.Value);
            }
        }
        if (!manifest.Forced.IsEmpty)
        {
            writer.Write("forced"); writer.WriteArrayHeader(manifest.Forced.Length);
            foreach (var step in manifest.Forced) writer.Write(step);
        }
        writer.Write("program"); writer.Write(manifest.ProgramHash);
        writer.Write("gitCommit"); writer.Write(manifest.GitCommit);
        writer.Write("gitDirty");
        if (manifest.GitDirty is { } dirty) writer.Write(dirty);
        else writer.WriteNil();
        if (manifest.Snapshot is { } snapshot)
        {
            writer.Write("snapshot"); writer.WriteArrayHeader(2);
            Wire.Write(ref writer, snapshot.Hash);
            writer.Write(snapshot.Size);
        }
        if (manifest.Sdk is not null)
        {
            writer.Write("sdk"); writer.Write(manifest.Sdk);
        }
        writer.Write("runtime"); writer.Write(manifest.RuntimeVersion);
        writer.Write("flowgen"); writer.Write(manifest.FlowGenVersion);
        writer.Write("packages"); writer.WriteMapHeader(manifest.Packages.Count);
        foreach (var (name, version) in manifest.Packages)
        {
            writer.Write(name);
            writer.Write(version);
        }
    }

    public static RunManifest Read(ref MessagePackReader reader)
    {
        RunKey? run = null, origin = null, firstOrigin = null;
        DateTimeOffset? created = null;
        string? user = null, host = null, program = null, commit = null, runtime = null, flowGen = null, sdk = null;
        SnapshotPlace? snapshot = null;
        ImmutableArray<string> tags = [], forced = [];
        ImmutableArray<RecordedParameter> parameters = [];
        ImmutableArray<PolicyOverride> overrides = [];
        var packages = ImmutableSortedDictionary<string, string>.Empty;
        GraphDescription? graph = null;
        var generation = 0;
        bool? dirty = null;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "run": run = ReadKey(ref reader); break;
                case "created": created = Wire.ReadTime(ref reader); break;
                case "user": user = Wire.ReadString(ref reader); break;
                case "host": host = Wire.ReadString(ref reader); break;
                case "tags": tags = Wire.ReadArray(ref reader, Wire.ReadString); break;
                case "origin": origin = ReadKey(ref reader); break;
                case "firstOrigin": firstOrigin = ReadKey(ref reader); break;
                case "generation": generation = Wire.ReadIndex(ref reader); break;
                case "graph": graph = GraphCodec.Read(ref reader); break;
                case "parameters": parameters = Wire.ReadArray(ref reader, ReadParameter); break;
                case "overrides": overrides = Wire.ReadArray(ref reader, ReadOverride); break;
                case "forced": forced = Wire.ReadArray(ref reader, Wire.ReadString); break;
                case "program": program = reader.ReadString(); break;
                case "gitCommit": commit = reader.ReadString(); break;
                case "gitDirty": dirty = reader.TryReadNil() ? null : reader.ReadBoolean(); break;
                case "snapshot": snapshot = ReadSnapshot(ref reader); break;
                case "sdk": sdk = Wire.ReadString(ref reader); break;
                case "runtime": runtime = Wire.ReadString(ref reader); break;
                case "flowgen": flowGen = Wire.ReadString(ref reader); break;
                case "packages": packages = ReadPackages(ref reader); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new RunManifest
        {
            Run = run ?? throw Missing("run"),
            Created = created ?? throw Missing("created"),
            User = user ?? throw Missing("user"),
            Host = host ?? throw Missing("host"),
            Tags = tags,
            Origin = origin,
            FirstOrigin = firstOrigin,
            Generation = generation,
            Graph = graph ?? throw Missing("graph"),
            Parameters = parameters,
            Overrides = overrides,
            Forced = forced,
            ProgramHash = program,
            GitCommit = commit,
            GitDirty = dirty,
            Snapshot = snapshot,
            Sdk = sdk,
            RuntimeVersion = runtime ?? throw Missing("runtime"),
            FlowGenVersion = flowGen ?? throw Missing("flowgen"),
            Packages = packages,
        };
    }

    private static RunKey? ReadKey(ref MessagePackReader reader) =>
        reader.ReadString() is not { } text ? null : RunKey.Parse(text) ?? throw new FormatException("the id of a run is malformed");

    private static SnapshotPlace ReadSnapshot(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        var place = new SnapshotPlace(Wire.ReadHash(ref reader), reader.ReadInt64());
        return place.Size is >= 0 and <= SourceSnapshot.MaxSize ? place : throw new FormatException("the size of the snapshot is out of range");
    }

    private static PolicyOverride ReadOverride(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 3);
        return new PolicyOverride(Wire.ReadString(ref reader), Wire.ReadString(ref reader), Wire.ReadString(ref reader));
    }

    private static RecordedParameter ReadParameter(ref MessagePackReader reader)
    {
        string? name = null, type = null;
        byte[]? value = null;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "name": name = Wire.ReadString(ref reader); break;
                case "type": type = Wire.ReadString(ref reader); break;
                case "value": value = Wire.ReadBytes(ref reader); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new RecordedParameter(name ?? throw Missing("name"), type ?? throw Missing("type"), value ?? throw Missing("value"));
    }

    private static ImmutableSortedDictionary<string, string> ReadPackages(ref MessagePackReader reader)
    {
        var packages = ImmutableSortedDictionary.CreateBuilder<string, string>();
        for (var left = reader.ReadMapHeader(); left > 0; left--) packages[Wire.ReadString(ref reader)] = Wire.ReadString(ref reader);
        return packages.ToImmutable();
    }

    internal static FormatException Missing(string name) => new($"'{name}' is missing");
}
