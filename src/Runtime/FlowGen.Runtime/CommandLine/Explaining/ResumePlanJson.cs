using System.Text.Json;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What a resume would do as JSON: <c>{flow, origin, steps: [{step, runs, mayRun, reused, reasons, dependsOn}]}</c>.</summary>
internal static class ResumePlanJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PlannedStep> steps, RunKey origin)
    {
        json.WriteStartObject();
        json.WriteString("flow", origin.Flow);
        json.WriteString("origin", origin.ToString());
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Name);
            json.WriteNumber("runs", step.Runs);
            json.WriteNumber("mayRun", step.MayRun);
            json.WriteNumber("reused", step.Reused);
            WriteTexts(json, "reasons", step.Reasons);
            WriteTexts(json, "dependsOn", step.DependsOn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
