using System.Buffers;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The state of a run as JSON: <c>{flow, run, status, parameters, tasks}</c>.</summary>
internal static class StatusJson
{
    public static async Task WriteAsync(Utf8JsonWriter json, RunState state)
    {
        json.WriteStartObject();
        json.WriteString("flow", state.Manifest.Run.Flow);
        json.WriteString("run", state.Manifest.Run.ToString());
        json.WriteString("status", StatusNames.Of(state.Status));
        if (state.Submission is { } submission) json.WriteString("engine", submission.Engine);
        json.WriteStartObject("parameters");
        foreach (var parameter in state.Manifest.Parameters)
        {
            json.WritePropertyName(parameter.Name);
            MessagePackJson.Write(json, new ReadOnlySequence<byte>(parameter.Value), full: true);
        }

        json.WriteEndObject();
        json.WriteStartObject("policies");
        foreach (var (step, definition) in state.Manifest.Graph.AllSteps().Where(step => !step.Step.Policies.IsEmpty))
        {
            json.WriteStartObject(step);
            foreach (var (name, value) in definition.Policies) json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("tasks");
        foreach (var task in state.Tasks)
        {
            Write(json, state, task);
            if (json.BytesPending > JsonOutput.FlushAt) await json.FlushAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunState state, TaskState task)
    {
        json.WriteStartObject();
        json.WriteString("task", state.NameOf(task.Address));
        json.WriteString("step", state.Manifest.Graph.StepOf(task.Address).Name);
        if (task.Address.Outer is { } outer) json.WriteString("in", state.NameOf(outer.Task));
        json.WriteStartArray("index");
        foreach (var number in task.Address.Index.ToArray()) json.WriteNumberValue(number);
        json.WriteEndArray();
        if (task.Address.Iteration >= 0) json.WriteNumber("iteration", task.Address.Iteration);
        if (state.LabelOf(task.Address) is { } label) json.WriteString("label", label);
        json.WriteString("status", StatusNames.Of(task.Status));
        json.WriteNumber("attempts", task.Attempts);
        json.WriteBoolean("reused", task.Status == FlowTaskStatus.Reused);
        json.WriteTime("started", task.Started);
        json.WriteTime("finished", task.Finished);
        if (task.Error is { } error) json.WriteString("error", $"{error.Type}: {error.Message}");
        else if (task.BlockedBy is { } cause) json.WriteString("error", $"blocked by {state.NameOf(cause)}");
        else if (task.Skipped is { } reason) json.WriteString("error", $"skipped because {state.Manifest.Graph.Describe(task.Address, reason)}");
        else json.WriteNull("error");
        if (task.Error is { Kind: var kind }) json.WriteString("errorKind", kind.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }
}
