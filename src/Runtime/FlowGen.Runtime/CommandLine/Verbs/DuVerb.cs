using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class DuVerb : Verb
{
    private const int Newest = 50;

    public override string Name => "du";
    public override string Summary => "Shows how much room runs take in the store, and how much removing each would free.";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("--all", null, "All runs, not only the newest 50."),
        new("--all-flows", null, "Runs of all flows in the store, not only of those of this program."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks => "Equal content is stored once: what several runs need counts for each of them, and is freed with the last.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var store = await StoreUpkeep.OpenAsync(call, isReading: true).ConfigureAwait(false);
        using var signals = new StopSignals();
        var flows = (call.Flow is { } flow ? [flow] : call.Flows).Select(known => known.Name).ToHashSet();
        var usage = await StoreUsage.OfAsync(store, run => call.Arguments.Has("--all-flows") || flows.Contains(run.Flow), signals.Stop).ConfigureAwait(false);
        var runs = call.Arguments.Has("--all") || call.IsJson ? usage.Runs : [.. usage.Runs.Take(Newest)];
        if (call.IsJson)
        {
            await JsonOutput.WriteAsync(call.Environment.OutputStream, json => WriteJson(json, usage)).ConfigureAwait(false);
            return ExitCodes.Success;
        }

        var table = new TextTable();
        table.Add("run", "flow", "objects", "log", "blobs", "content", "its own");
        foreach (var run in runs)
            table.Add(run.Run.Short, run.Run.Flow, Numbers.Show(run.Objects), Numbers.ShowBytes(run.Bytes), Numbers.Show(run.Blobs), Numbers.ShowBytes(run.BlobBytes), Numbers.ShowBytes(run.OwnBytes));
        if (runs.Count > 0) table.WriteTo(call.Out);
        if (runs.Count < usage.Runs.Count) call.Out.WriteLine($"... and {Numbers.Show(usage.Runs.Count - runs.Count)} older runs; --all shows them.");
        call.Out.WriteLine($"{call.StorePlace}: {Numbers.Show(usage.Objects)} objects, {Numbers.ShowBytes(usage.Bytes)}; no run needs {Numbers.Show(usage.Unneeded)} blobs of them ({Numbers.ShowBytes(usage.UnneededBytes)}), which 'gc' removes.");
        return ExitCodes.Success;
    }

    private static void WriteJson(Utf8JsonWriter json, StoreUsage usage)
    {
        json.WriteStartObject();
        json.WriteNumber("objects", usage.Objects);
        json.WriteNumber("bytes", usage.Bytes);
        json.WriteNumber("unneededBlobs", usage.Unneeded);
        json.WriteNumber("unneededBytes", usage.UnneededBytes);
        json.WriteStartArray("runs");
        foreach (var run in usage.Runs)
        {
            json.WriteStartObject();
            json.WriteString("flow", run.Run.Flow);
            json.WriteString("run", run.Run.ToString());
            json.WriteNumber("objects", run.Objects);
            json.WriteNumber("bytes", run.Bytes);
            json.WriteNumber("blobs", run.Blobs);
            json.WriteNumber("blobBytes", run.BlobBytes);
            json.WriteNumber("ownBytes", run.OwnBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
