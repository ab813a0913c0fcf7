using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>Gives each task its key when it is about to start, and looks for a result that stands for it: in the runs that are resumed, then among those that runs share.</summary>
internal sealed class ResultFinder(RunScope run, AttemptRunner runner, CodeDescription? code)
{
    private readonly TaskKeys _keys = new(run, code);

    /// <summary>Results of earlier runs of the chain; <c>null</c> for a run that starts afresh.</summary>
    public Reuser? Reuser { get; set; }

    /// <summary>Results that are shared with other runs; <c>null</c> if none are.</summary>
    public ResultCache? Cache { get; set; }

    /// <summary>Gives the attempt its key.</summary>
    /// <returns>Whether there may be a result that stands for the task's.</returns>
    public async ValueTask<bool> IdentifyAsync(TaskAttempt attempt)
    {
        if (_keys.Has(attempt.Task.Step) && !await TakeItemsAsync(attempt).ConfigureAwait(false)) return false;
        attempt.Key = _keys.Of(attempt.Task, attempt.Inputs, attempt.Stored);
        return attempt.Attempt == 1 && (Reuser is not null || Cache is not null || run.IsPlan);
    }

    /// <summary>Reads the items that are inputs out of collections that stay in the store; false if one cannot be read, which the attempt will tell.</summary>
    private static async ValueTask<bool> TakeItemsAsync(TaskAttempt attempt)
    {
        for (var slot = 0; slot < attempt.Inputs.Length; slot++)
        {
            if (attempt.Inputs[slot] is not StoredItems items) continue;
            try
            {
                attempt.Inputs[slot] = await items.FindAsync(attempt.Task.Index[attempt.Definition.Scope.IndexOf(attempt.Definition.Inputs[slot].Dimension)], attempt.CancellationToken).ConfigureAwait(false);
            }
            catch (ArtifactFormatException)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What becomes of the attempt without its step being called, and the record that says so; no result if the step has to be called.</summary>
    public async ValueTask<(TaskSucceeded? Record, AttemptResult? Result)> FindAsync(TaskAttempt attempt)
    {
        if (Reuser is not null && await FitAsync(attempt, await Reuser.FindAsync(attempt).ConfigureAwait(false)).ConfigureAwait(false) is { Result: not null } earlier) return earlier;
        if (Cache?.Covers(attempt) == true && !(Reuser?.IsForced(attempt) ?? false))
        {
            if (await FitAsync(attempt, await Cache.FindAsync(attempt).ConfigureAwait(false)).ConfigureAwait(false) is { Result: not null } shared) return shared;
            if (!run.IsPlan && await Cache.WaitAsync(attempt).ConfigureAwait(false) is { } wait) return (null, new AttemptResult(AttemptEnd.PutBack) { RetryAfter = wait });
            // Who made it until just now has put it there.
            if (!run.IsPlan && await FitAsync(attempt, await Cache.FindAsync(attempt).ConfigureAwait(false)).ConfigureAwait(false) is { Result: not null } latest)
            {
                Cache.Ended(attempt, null);
                return latest;
            }
        }

        return run.IsPlan ? (null, ResumePlanner.Refuse()) : default;
    }

    /// <summary>Reads what the scheduler wants to know of the outputs.</summary>
    private async ValueTask<(TaskSucceeded? Record, AttemptResult? Result)> FitAsync(TaskAttempt attempt, TaskSucceeded? record)
    {
        if (record is null) return default;
        var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = record.Outputs, Again = (record.Marks & TaskMarks.GoesOn) != 0 };
        try
        {
            return (record, result.Again ? result : await runner.ReadAsync(attempt.Task.Step, result).ConfigureAwait(false));
        }
        catch (ArtifactException e)
        {
            run.Observer.Notice($"{attempt.TaskName} runs again: its stored result does not fit the flow any more. {e.Message}");
            return default;
        }
    }
}
