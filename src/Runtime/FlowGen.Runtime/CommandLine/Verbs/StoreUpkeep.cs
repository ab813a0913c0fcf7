using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What the verbs that look after a store share.</summary>
internal static class StoreUpkeep
{
    /// <summary>Opens the store, for writing unless nothing will be written.</summary>
    /// <exception cref="FlowException">FG1205: there is no store in that place, and none is made.</exception>
    public static async ValueTask<RunStore> OpenAsync(VerbCall call, bool isReading)
    {
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        if (store.Format is null) throw new FlowException(RunErrors.NoRuns, $"There is no store in {call.StorePlace}. 'run' makes one; --store names another.", ExitCodes.NotFound);
        return isReading ? store : await call.OpenStoreAsync(forWriting: true).ConfigureAwait(false);
    }
}
