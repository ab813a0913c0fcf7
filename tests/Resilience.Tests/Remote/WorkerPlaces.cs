using System.Collections.Concurrent;
using FlowGen.CompilerServices;
using FlowGen.Storage;

namespace Resilience.Tests.Remote;

/// <summary>Gives each worker a store of its own by the location on its command line: <c>place://7</c>.</summary>
internal sealed class WorkerPlaces : FlowPlugin
{
    private static readonly ConcurrentDictionary<string, IObjectStore> s_places = new(StringComparer.Ordinal);
    private static int s_last;

    static WorkerPlaces() => FlowPlugins.Register(new WorkerPlaces());

    internal override string? StoreScheme => "place";

    internal override IObjectStore OpenStore(string location) => s_places[location];

    public static string Add(IObjectStore store)
    {
        var location = $"place://{Interlocked.Increment(ref s_last)}";
        s_places[location] = store;
        return location;
    }

    public static void Remove(string location) => s_places.TryRemove(location, out _);
}
