using System.Collections.Concurrent;
using FlowGen.Engines;

namespace FlowGen.CompilerServices;

/// <summary>The plugins of this program. Generated code registers them before anything else of its assembly runs.</summary>
public static class FlowPlugins
{
    private static readonly ConcurrentDictionary<string, FlowPlugin> Stores = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Engine> Known = new(StringComparer.Ordinal);

    /// <summary>Adds a plugin. Every assembly of a program registers the plugins that it sees, so one may come several times; the first stays.</summary>
    public static void Register(FlowPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        if (plugin.StoreScheme is { } scheme) Stores.TryAdd(scheme, plugin);
        if (plugin.Engine is { } engine) Known.TryAdd(engine.Name, engine);
    }

    /// <summary>The plugin for URLs with this scheme, or <c>null</c> if no package brings one.</summary>
    internal static FlowPlugin? ForStore(string scheme) => Stores.GetValueOrDefault(scheme);

    /// <summary>The engines that packages of this program bring.</summary>
    internal static IEnumerable<Engine> Engines => Known.Values.OrderBy(static engine => engine.Name, StringComparer.Ordinal);
}
