using FlowGen.CompilerServices;

namespace FlowGen.Storage;

/// <summary>Opens a store by its location.</summary>
internal static class ObjectStores
{
    /// <param name="location">A folder, or a URL. Nothing is read or written yet.</param>
    /// <exception cref="FlowException">The location makes no sense, or needs a package that is not there.</exception>
    public static IObjectStore Open(string location)
    {
        if (string.IsNullOrWhiteSpace(location)) throw Bad("The location of the store is empty. Give a folder, such as .flowgen.");
        var colon = location.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0) return new LocalFolderStore(location);
        var given = location[..colon].ToLowerInvariant();
        if (FlowPlugins.ForStore(given) is { } plugin) return plugin.OpenStore(location);
        return given switch
        {
            "file" when Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.LocalPath.Length > 0 && (uri.Host.Length == 0 || OperatingSystem.IsWindows()) => new LocalFolderStore(uri.LocalPath),
            "file" => throw Bad($"The store '{location}' is not a file URL of this machine. Write it as file:///folder, or just give the folder."),
            "s3" => throw Bad($"The store '{location}' is in S3, which needs the package FlowGen.S3: dotnet add package FlowGen.S3"),
            var scheme => throw Bad($"The store '{location}' has the unknown scheme '{scheme}'. Give a folder, file:///folder, or s3://bucket/prefix."),
        };
    }

    private static FlowException Bad(string message) => new(StoreErrors.BadLocation, message, StoreErrors.ExitCode);
}
