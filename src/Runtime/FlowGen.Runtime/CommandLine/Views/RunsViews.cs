using System.Globalization;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A list of runs.</summary>
internal static class RunsViews
{
    /// <param name="output">Where to.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="shown">Names of the values that are shown beside them.</param>
    public static void WriteText(TextWriter output, IReadOnlyList<RunRow> rows, IReadOnlyList<QueryPath> shown)
    {
        var table = new TextTable();
        table.Add(["run", "flow", "status", "created (UTC)", "took", .. shown.Select(path => path.Text), "user", "tags"]);
        foreach (var (run, values, _) in rows)
        {
            table.Add([
                run.Manifest.Run.Short,
                run.Manifest.Run.Flow,
                StatusNames.Of(run.Status),
                run.Manifest.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                run.Duration is { } took ? Duration.Show(took) : "",
                .. values.Select(value => JsonValues.Show(value, 40)),
                Printable.Line(run.Manifest.User),
                Printable.Line(string.Join(", ", run.Manifest.Tags))]);
        }

        table.WriteTo(output);
    }

    /// <param name="json">Where to.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="shown">Names of the values that are shown beside them.</param>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<RunRow> rows, IReadOnlyList<QueryPath> shown)
    {
        json.WriteStartArray();
        foreach (var (run, values, _) in rows)
        {
            json.WriteStartObject();
            json.WriteString("flow", run.Manifest.Run.Flow);
            json.WriteString("run", run.Manifest.Run.ToString());
            json.WriteString("status", StatusNames.Of(run.Status));
            json.WriteTime("created", run.Manifest.Created);
            json.WriteTime("finished", run.Finished);
            json.WriteString("user", run.Manifest.User);
            json.WriteTexts("tags", run.Manifest.Tags);
            if (shown.Count > 0) WriteValues(json, values, shown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<JsonElement> values, IReadOnlyList<QueryPath> shown)
    {
        json.WriteStartObject("values");
        for (var i = 0; i < shown.Count; i++)
        {
            json.WritePropertyName(shown[i].Text);
            if (values[i].ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
            else values[i].WriteTo(json);
        }

        json.WriteEndObject();
    }
}
