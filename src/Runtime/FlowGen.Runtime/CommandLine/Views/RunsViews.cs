using System.Globalization;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A list of runs.</summary>
internal static class RunsViews
{
    public static void WriteText(TextWriter output, IReadOnlyList<RunSummary> runs)
    {
        var table = new TextTable();
        table.Add("run", "flow", "status", "created (UTC)", "took", "user", "tags");
        foreach (var run in runs)
        {
            table.Add(
                run.Manifest.Run.Short,
                run.Manifest.Run.Flow,
                StatusNames.Of(run.Status),
                run.Manifest.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                run.Duration is { } took ? Duration.Show(took) : "",
                Printable.Line(run.Manifest.User),
                Printable.Line(string.Join(", ", run.Manifest.Tags)));
        }

        table.WriteTo(output);
    }

    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<RunSummary> runs)
    {
        json.WriteStartArray();
        foreach (var run in runs)
        {
            json.WriteStartObject();
            json.WriteString("flow", run.Manifest.Run.Flow);
            json.WriteString("run", run.Manifest.Run.ToString());
            json.WriteString("status", StatusNames.Of(run.Status));
            json.WriteTime("created", run.Manifest.Created);
            json.WriteTime("finished", run.Finished);
            json.WriteString("user", run.Manifest.User);
            json.WriteTexts("tags", run.Manifest.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
