using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What a collection did, for people and for programs.</summary>
internal static class CollectViews
{
    private const int Shown = 20;

    public static async ValueTask WriteAsync(VerbCall call, CollectReport report, bool isDry)
    {
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("dryRun", isDry);
            json.WriteNumber("generation", report.Generation);
            json.WriteNumber("barrier", report.Barrier);
            json.WriteTexts("closed", report.Closed.Select(static run => run.ToString()));
            json.WriteTexts("runs", report.Retired.Select(static run => run.ToString()));
            json.WriteTexts("needed", report.Needed.Select(static run => run.ToString()));
            json.WriteTexts("heldBy", report.HeldBy.Select(static run => run.ToString()));
            json.WriteNumber("kept", report.Kept);
            json.WriteNumber("blobs", report.Blobs);
            json.WriteNumber("blobBytes", report.BlobBytes);
            json.WriteNumber("objects", report.Objects);
            json.WriteNumber("objectBytes", report.ObjectBytes);
            json.WriteTexts("strangers", report.Strangers);
            json.WriteEndObject();
        }).ConfigureAwait(false);
        else Write(call.Out, report, isDry);
    }

    private static void Write(TextWriter output, CollectReport report, bool isDry)
    {
        var (would, removed) = isDry ? ("Would close", "Would remove") : ("Closed", "Removed");
        Name(output, $"{would} open runs without a driver", report.Closed);
        Name(output, $"{removed} runs", report.Retired);
        Name(output, "Kept, as they are parameters of runs that stay", report.Needed);
        output.WriteLine($"{removed} {Numbers.Show(report.Blobs)} blobs ({Numbers.ShowBytes(report.BlobBytes)}) and {Numbers.Show(report.Objects)} other objects ({Numbers.ShowBytes(report.ObjectBytes)}). {Numbers.Show(report.Kept)} runs are there{(isDry ? " then" : "")}.");
        if (report.HeldBy.Length > 0) Name(output, "Content that is as new as these open runs stays until they are over", report.HeldBy);
        if (report.Strangers.Length > 0) output.WriteLine($"Ignored names in the store that are not FlowGen's: {Printable.Line(string.Join(", ", report.Strangers.Take(Shown)))}{(report.Strangers.Length > Shown ? ", ..." : "")}.");
    }

    private static void Name(TextWriter output, string what, IReadOnlyCollection<RunKey> runs)
    {
        if (runs.Count > 0) output.WriteLine($"{what} ({Numbers.Show(runs.Count)}): {string.Join(", ", runs.Take(Shown))}{(runs.Count > Shown ? ", ..." : "")}.");
    }
}
