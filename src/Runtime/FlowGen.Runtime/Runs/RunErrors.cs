namespace FlowGen.Runs;

/// <summary>The errors about runs. Exit code 3: not found; 2: it cannot be done to this run.</summary>
internal static class RunErrors
{
    public const string Unknown = "FG1201", Ambiguous = "FG1202", NoRuns = "FG1205", Alive = "FG1206", Finished = "FG1207", BadName = "FG1208", Gone = "FG1260", Needed = "FG1261";

    public static FlowException Closed(RunKey run, RunFinished end) =>
        new(Finished, $"The run {run} is {StatusNames.Of(end.Status)} and closed for ever. Use 'resume' to make a new run from it.", 2);

    public static FlowException Removed(RunKey run, string store) =>
        new(Gone, $"The run {run} was removed from the store {store}, or is just being removed: nothing of it can be used. Use another run.", 3);

    public static FlowException StillAlive(RunKey run, string why) =>
        new(Alive, $"The run {run} is being worked on ({why}). Wait for it, stop it, or give --fork to resume from it all the same.", 2);
}
