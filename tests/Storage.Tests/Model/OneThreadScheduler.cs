namespace Storage.Tests;

/// <summary>Runs tasks only when it is told to, on the thread that tells it: the order of everything is the test's.</summary>
internal sealed class OneThreadScheduler : TaskScheduler
{
    private readonly Queue<Task> _queue = [];

    public void RunAll()
    {
        while (Next() is { } task) TryExecuteTask(task);
    }

    private Task? Next()
    {
        lock (_queue) return _queue.TryDequeue(out var task) ? task : null;
    }

    protected override void QueueTask(Task task)
    {
        lock (_queue) _queue.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _queue;
}
