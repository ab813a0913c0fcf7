using System.ComponentModel;
using System.Diagnostics;

namespace FlowGen.Executing.Isolation;

/// <summary>The processes of a run's attempts. None outlives the run, not even that of an attempt which was given up and whose code goes on.</summary>
internal sealed class WorkerSet : IDisposable
{
    /// <summary>How long a killed process may take to be gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Process> _processes = [];
    private bool _disposed;

    public void Add(Process process)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _processes.Add(process);
                return;
            }
        }

        Kill(process);
    }

    /// <summary>Kills a process with all its children, if it has not ended, and forgets it.</summary>
    public void Remove(Process process)
    {
        Kill(process);
        lock (_lock) _processes.Remove(process);
    }

    public void Dispose()
    {
        Process[] left;
        lock (_lock)
        {
            _disposed = true;
            left = [.. _processes];
        }

        foreach (var process in left)
        {
            if (!Kill(process)) continue;
            try
            {
                process.WaitForExit(Patience);
            }
            catch (InvalidOperationException)
            {
                // Its attempt has seen it end, and let go of it in this moment.
            }
        }
    }

    /// <summary>False if there was nothing to kill.</summary>
    public static bool Kill(Process process)
    {
        try
        {
            if (process.HasExited) return false;
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It has ended in this moment.
            return false;
        }
    }
}
