using FlowGen.Engines;
using FlowGen.Storage;

namespace FlowGen.CompilerServices;

/// <summary>What a package of FlowGen adds to the programs that reference it. Packages and runtime have one version; other assemblies cannot derive from this.</summary>
public abstract class FlowPlugin
{
    internal FlowPlugin()
    {
    }

    /// <summary>Scheme of the URLs of the stores that <see cref="OpenStore"/> opens, in lower case; <c>null</c> for a plugin that brings no store.</summary>
    internal virtual string? StoreScheme => null;

    /// <summary>Opens a store. Nothing is read or written yet.</summary>
    /// <exception cref="FlowException">The URL makes no sense.</exception>
    internal virtual IObjectStore OpenStore(string location) => throw new NotSupportedException();

    /// <summary>The engine that the plugin brings; <c>null</c> for one that brings none.</summary>
    internal virtual Engine? Engine => null;
}
