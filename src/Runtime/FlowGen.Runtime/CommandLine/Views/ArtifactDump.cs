using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The artifacts of a run, read without the program that made them.</summary>
/// <param name="state">The run.</param>
/// <param name="read">Reads a stored value.</param>
/// <param name="isFull">Whether long arrays are shown to their end, and big artifacts at all.</param>
internal sealed class ArtifactDump(RunState state, Func<StoredValue, CancellationToken, ValueTask<ReadOnlySequence<byte>>> read, bool isFull)
{
    private const int LineLength = 160;

    /// <summary>Bigger values are shown by size and hash only, unless everything is asked for (M1).</summary>
    public const long SizeLimit = 64 * 1024 * 1024;

    /// <summary>The artifacts of some tasks that have a name, in order.</summary>
    /// <exception cref="FlowException">The run's flow has no such artifact.</exception>
    public IReadOnlyList<(TaskState Task, GraphArtifact Artifact, StoredValue Value)> Select(IEnumerable<TaskState> tasks, string? name)
    {
        var graph = state.Manifest.Graph;
        string[] names = [.. Flows(graph).SelectMany(flow => flow.Artifacts).Select(a => a.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (name is not null && !names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            var hint = NearMiss.Of(name, names) is { } near ? $"did you mean {near}?" : $"it has {string.Join(", ", names)}.";
            throw new FlowException("FG1008", $"Run {state.Manifest.Run} has no artifact '{name}'; {hint}", ExitCodes.NotFound);
        }

        var result = new List<(TaskState, GraphArtifact, StoredValue)>();
        foreach (var task in tasks)
        {
            for (var i = 0; i < task.Outputs.Length; i++)
            {
                var flow = graph.GraphOf(task.Address);
                var artifact = flow.Artifacts[flow.Steps[task.Address.Step].FirstArtifact + i];
                if (name is null || artifact.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) result.Add((task, artifact, task.Outputs[i]));
            }
        }

        return result;
    }

    public async Task WriteJsonAsync(Utf8JsonWriter json, IReadOnlyList<(TaskState Task, GraphArtifact Artifact, StoredValue Value)> selected)
    {
        json.WriteStartObject();
        json.WriteString("flow", state.Manifest.Run.Flow);
        json.WriteString("run", state.Manifest.Run.ToString());
        json.WriteStartArray("artifacts");
        foreach (var (task, artifact, value) in selected)
        {
            // Read before the first byte of the entry, so that a damaged object leaves no half-written one.
            var content = await ReadAsync(value).ConfigureAwait(false);
            json.WriteStartObject();
            json.WriteString("task", state.NameOf(task.Address));
            json.WriteString("step", state.Manifest.Graph.StepOf(task.Address).Name);
            if (state.LabelOf(task.Address) is { } label) json.WriteString("label", label);
            json.WriteString("name", artifact.Name);
            json.WriteString("type", artifact.TypeName);
            json.WriteString("hash", value.Hash.ToString());
            json.WriteNumber("size", value.Size);
            json.WritePropertyName("value");
            if (content is { } bytes) MessagePackJson.Write(json, bytes, isFull);
            else json.WriteStringValue(TooBig(value));
            json.WriteEndObject();
            if (json.BytesPending > JsonOutput.FlushAt) await json.FlushAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public async Task WriteTextAsync(TextWriter output, IReadOnlyList<(TaskState Task, GraphArtifact Artifact, StoredValue Value)> selected)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var (task, artifact, value) in selected)
        {
            var index = task.Address.Suffix;
            var place = task.Address.Outer is { } outer ? state.NameOf(outer.Task) + "/" : "";
            var label = state.LabelOf(task.Address) is { } known ? $" ({Printable.Line(known)})" : "";
            output.WriteLine($"{place}{artifact.Name}{index}{label}: {Printable.Line(artifact.TypeName)}, {Numbers.ShowBytes(value.Size)}, {value.Hash.ToString()[..12]}");
            if (await ReadAsync(value).ConfigureAwait(false) is not { } content)
            {
                output.WriteLine("  " + TooBig(value));
                continue;
            }

            buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(buffer, JsonOutput.OptionsFor(isIndented: isFull))) MessagePackJson.Write(json, content, isFull);
            var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
            if (!isFull) output.WriteLine("  " + Printable.Line(text, LineLength));
            else foreach (var line in Printable.Lines(text).Split('\n')) output.WriteLine("  " + line);
        }
    }

    private static IEnumerable<GraphDescription> Flows(GraphDescription graph) => graph.AllSteps().Select(step => step.Step.SubFlow).OfType<GraphDescription>().Prepend(graph);

    private async ValueTask<ReadOnlySequence<byte>?> ReadAsync(StoredValue value) =>
        value.Size > SizeLimit && !isFull ? null : await read(value, CancellationToken.None).ConfigureAwait(false);

    private static string TooBig(StoredValue value) => $"… {Numbers.ShowBytes(value.Size)}, shown with --full";
}
