using System.Text;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The differences of two runs as JSON, in the documented shape.</summary>
internal static class RunDiffJson
{
    public static void Write(Utf8JsonWriter json, RunDiff diff)
    {
        json.WriteStartObject();
        json.WriteString("before", diff.Before.Manifest.Run.ToString());
        json.WriteString("after", diff.After.Manifest.Run.ToString());
        json.WriteStartArray("parameters");
        foreach (var (name, before, after) in diff.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            Value("before", before);
            Value("after", after);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts("policies", diff.Policies);
        Texts("program", diff.Program);
        Texts("packages", diff.Packages);
        json.WritePropertyName("code");
        if (diff.Sources is var (sourceBefore, sourceAfter)) WriteCode(json, sourceBefore, sourceAfter, diff.Code);
        else json.WriteNullValue();
        json.WriteNumber("equalArtifacts", diff.EqualArtifacts);
        json.WriteStartArray("artifacts");
        foreach (var artifact in diff.Artifacts)
        {
            json.WriteStartObject();
            json.WriteString("task", artifact.Task);
            json.WriteString("name", artifact.Name);
            json.WriteString("before", artifact.Before?.Hash.ToString());
            json.WriteString("after", artifact.After?.Hash.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("timings");
        foreach (var (step, before, after) in diff.Timings)
        {
            json.WriteStartObject();
            json.WriteString("step", step);
            Seconds("before", before);
            Seconds("after", after);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Value(string name, JsonElement value)
        {
            json.WritePropertyName(name);
            if (value.ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
            else value.WriteTo(json);
        }

        void Seconds(string name, TimeSpan? took)
        {
            if (took is { } known) json.WriteNumber(name, known.TotalSeconds);
            else json.WriteNull(name);
        }

        void Texts(string name, IReadOnlyList<Difference> differences)
        {
            json.WriteStartArray(name);
            foreach (var difference in differences)
            {
                json.WriteStartObject();
                json.WriteString("name", difference.Name);
                json.WriteString("before", difference.Before);
                json.WriteString("after", difference.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public static void WriteCode(Utf8JsonWriter json, SourceSnapshot before, SourceSnapshot after, IReadOnlyList<string> changed)
    {
        json.WriteStartArray();
        foreach (var path in changed)
        {
            var (added, removed) = Count(path, before, after);
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("change", before.Find(path) is null ? "added" : after.Find(path) is null ? "removed" : "changed");
            json.WriteNumber("added", added);
            json.WriteNumber("removed", removed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Lines that were added and removed.</summary>
    public static (int Added, int Removed) Count(string path, SourceSnapshot before, SourceSnapshot after)
    {
        var lines = LineDiff.Of(Lines(before), Lines(after));
        return (lines.Count(line => line.Kind == '+'), lines.Count(line => line.Kind == '-'));

        string[] Lines(SourceSnapshot snapshot) => snapshot.Find(path) is { Length: > 0 } content ? Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n') : [];
    }
}
