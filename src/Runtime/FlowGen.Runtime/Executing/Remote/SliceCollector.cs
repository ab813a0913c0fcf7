using System.Collections.Immutable;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Remote;

/// <summary>
/// Reads what the workers of a slice propose. What a segment says of starts and lines is written into the log together with the fact that it was read, so the next driver does not write it again;
/// outcomes are handed to whoever waits, who writes them.
/// </summary>
internal sealed class SliceCollector(IObjectStore objects, RunKey run, SliceSizes sizes)
{
    /// <summary>A job that was started twice has a second worker: it is looked for every so many looks.</summary>
    private const int PollsPerList = 8;

    /// <summary>Reads what is new.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="isLast">Its job has ended: everything that is there is read.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Whether anything was.</returns>
    public async ValueTask<bool> ReadAsync(LiveSlice slice, bool isLast, CancellationToken cancel)
    {
        if (isLast || slice.Read.Count == 0 || slice.Polls++ % PollsPerList == 0)
        {
            await foreach (var name in objects.ListFoldersAsync(SliceName.Proposals(run, slice.Name), cancel).ConfigureAwait(false))
                if (Guid.TryParseExact(name, "n", out var worker)) slice.Read.TryAdd(worker, 0);
        }

        var isNews = false;
        foreach (var worker in slice.Read.Keys.ToArray())
        {
            while (await ProposalCodec.GetAsync(objects, run, slice.Name, worker, slice.Read[worker], cancel).ConfigureAwait(false) is { } proposal)
            {
                Take(slice, proposal);
                slice.Read[worker]++;
                isNews = true;
            }
        }

        return isNews;
    }

    private void Take(LiveSlice slice, Proposal proposal)
    {
        var scope = slice.Scope!;
        if (proposal.Number >= slice.Recorded.GetValueOrDefault(proposal.Worker))
        {
            scope.Journal.Append(RecordsOf(slice, proposal));
            slice.Recorded[proposal.Worker] = proposal.Number + 1;
        }

        foreach (var happened in proposal.Events)
        {
            switch (happened)
            {
                case ProposedStart start when IsIn(slice, start.Task):
                    slice.Begin(start.Task, start.At);
                    break;
                case ProposedProgress progress when IsIn(slice, progress.Task) && slice.At(progress.Task) is { } sent:
                    sent.Attempt.Progress(progress.Fraction, progress.Message);
                    break;
                case ProposedSuccess success when IsIn(slice, success.Task):
                    sizes.Took(scope.FlowPath, slice.Tasks[0].Task.Step, success.Duration);
                    slice.End(success.Task, success);
                    break;
                case ProposedFailure failure when IsIn(slice, failure.Task):
                    sizes.Took(scope.FlowPath, slice.Tasks[0].Task.Step, failure.Duration);
                    slice.End(failure.Task, failure);
                    break;
            }
        }
    }

    private static List<RunRecord> RecordsOf(LiveSlice slice, Proposal proposal)
    {
        var records = new List<RunRecord>();
        foreach (var happened in proposal.Events)
        {
            switch (happened)
            {
                case ProposedStart start when IsIn(slice, start.Task) && slice.StartOf(start.Task) is null && !slice.HasOutcome(start.Task):
                    var (task, attempt, id) = slice.Tasks[start.Task];
                    records.Add(new TaskStarted(task, attempt, id, start.At));
                    break;
                case ProposedLogs logs:
                    ImmutableArray<LogSegment> segments = [.. logs.Segments.Where(segment => IsIn(slice, segment.Task)).Select(segment => new LogSegment(slice.Tasks[segment.Task].Task, slice.Tasks[segment.Task].AttemptId, segment.Offset, segment.Length))];
                    records.Add(new LogsWritten(logs.Pack, segments));
                    break;
            }
        }

        records.Add(new ProposalsRead(slice.Name, proposal.Worker, proposal.Number + 1, proposal.Host));
        return records;
    }

    private static bool IsIn(LiveSlice slice, int position) => position < slice.Tasks.Length;
}
