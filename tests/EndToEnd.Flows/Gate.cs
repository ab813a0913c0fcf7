namespace EndToEnd.Flows;

/// <summary>A file that opens a way by its existence: how a test holds a flow, in its own process or another, and hears how far it is.</summary>
public static class Gate
{
    /// <summary>Waits until the file exists.</summary>
    public static async Task WaitAsync(string file, CancellationToken cancel)
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!, Path.GetFileName(file));
        watcher.Created += (_, _) => made.TrySetResult();
        // Watched first: whoever makes the file from here on is heard.
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(file)) await made.Task.WaitAsync(cancel);
    }
}
