using System.Globalization;
using System.Text.Json.Nodes;
using FlowGen.Executing.Remote;
using FlowGen.Runs;

namespace FlowGen.Argo.Turns;

/// <summary>What a plan tells Argo, in files: lists of slices, never of tasks or values.</summary>
internal static class TurnOutputs
{
    /// <summary>Where a pod writes them.</summary>
    public const string Folder = "/tmp/flowgen-turn";

    public const string Run = "run", More = "more", Pause = "pause", Slices = "slices";

    /// <summary>The file with the slices of one step of a sub-flow.</summary>
    public static string SlicesOf(string path) => Slices + "-" + path.Replace('/', '-');

    /// <param name="folder">Where.</param>
    /// <param name="run">The run.</param>
    /// <param name="turn">What is to be done.</param>
    /// <param name="paths">The steps whose tasks may be sent, one list each.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task WriteAsync(string folder, RunKey run, DriverTurn turn, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await PutAsync(Run, run.ToString()).ConfigureAwait(false);
        await PutAsync(More, turn.HasMore ? "1" : "0").ConfigureAwait(false);
        await PutAsync(Pause, turn.Pause is { } pause ? Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "0").ConfigureAwait(false);
        foreach (var path in paths)
        {
            var slices = new JsonArray([.. turn.Jobs.Where(job => job.Step == path).Select(static job => (JsonNode)SliceItem.Of(job))]);
            await PutAsync(paths.Count == 1 ? Slices : SlicesOf(path), slices.ToJsonString()).ConfigureAwait(false);
        }

        Task PutAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, cancel);
    }
}
