using System.Collections.Concurrent;

namespace FlowGen.Runs;

/// <summary>The run logs that are open in this process: a run whose log was left is not alive, although its process is.</summary>
internal static class OpenDrivers
{
    private static readonly ConcurrentDictionary<Guid, bool> Writers = [];

    public static void Add(Guid writer) => Writers[writer] = true;

    public static void Remove(Guid writer) => Writers.TryRemove(writer, out _);

    public static bool Contains(Guid writer) => Writers.ContainsKey(writer);
}
