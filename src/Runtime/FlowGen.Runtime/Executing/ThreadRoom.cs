namespace FlowGen.Executing;

/// <summary>Room in the thread pool for the run log, timers and signals while steps compute in all slots: by itself the pool adds a thread only every half second, and what is done stays unwritten until then.</summary>
internal static class ThreadRoom
{
    private const int Others = 4;

    /// <summary>More slots than that are for steps that wait, not for steps that compute.</summary>
    private const int MostSlots = 64;

    public static void MakeFor(int slots)
    {
        var wanted = Math.Min(slots, MostSlots) + Others;
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        if (workers < wanted) ThreadPool.SetMinThreads(wanted, completionPorts);
    }
}
