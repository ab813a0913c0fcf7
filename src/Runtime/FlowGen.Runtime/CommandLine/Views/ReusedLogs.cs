using System.Runtime.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Reads what tasks wrote that a resumed run took over: their lines are in the logs of the runs that made them, as long as those are in the store.</summary>
internal static class ReusedLogs
{
    /// <param name="store">Where the runs are.</param>
    /// <param name="tasks">Those of them that were taken over count.</param>
    /// <param name="isAll">Whether lines of attempts that were tried again count.</param>
    /// <param name="notice">Told which runs are gone.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async IAsyncEnumerable<LogLine> ReadAsync(
        RunStore store, IEnumerable<TaskState> tasks, bool isAll, Action<string> notice, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // An origin is flow/run/task, where the name of a task in a sub-flow has slashes too.
        foreach (var origin in tasks.Where(task => task.Origin is not null).GroupBy(task => task.Origin![..task.Origin!.IndexOf('/', task.Origin.IndexOf('/', StringComparison.Ordinal) + 1)], StringComparer.Ordinal))
        {
            var run = RunKey.Parse(origin.Key);
            if (run is null || await store.Objects.SizeAsync(LogSlot.Key(run.Value, 0), cancel).ConfigureAwait(false) is null)
            {
                notice($"{(origin.Count() == 1 ? "A reused task" : $"{Numbers.Show(origin.Count())} reused tasks")} wrote into the logs of the run {origin.Key}, which is not in this store any more.");
                continue;
            }

            var made = await store.ReadAsync(run.Value, cancel).ConfigureAwait(false);
            var addresses = new Dictionary<TaskAddress, TaskAddress>();
            var makers = new List<TaskState>();
            foreach (var task in origin)
            {
                var maker = TaskSelection.Select(made, task.Origin![(origin.Key.Length + 1)..]).First();
                makers.Add(maker);
                addresses[maker.Address] = task.Address;
            }

            await foreach (var line in LogReader.ReadAsync(made, store.Artifacts.ReadAsync, makers, isAll, cancel).ConfigureAwait(false)) yield return line with { Task = addresses[line.Task] };
        }
    }
}
