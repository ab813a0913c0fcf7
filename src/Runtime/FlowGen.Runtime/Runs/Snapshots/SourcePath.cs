namespace FlowGen.Runs;

/// <summary>
/// What can be the path of a file in a snapshot (H13): relative, with <c>/</c> between names that mean the same file, and only a file below the folder, on every system. What was read from a store
/// is written to a disk by these rules, so they refuse rather than repair.
/// </summary>
internal static class SourcePath
{
    private const int MaxLength = 1000, MaxName = 200;

    private const string Reserved = "\\<>\"|?*";

    private static readonly HashSet<string> s_devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>What is wrong with a path, as the end of a sentence; <c>null</c> if nothing is.</summary>
    public static string? WhyNot(string path)
    {
        if (path.Length is 0 or > MaxLength) return "is empty or too long";
        if (path[0] == '/' || path.Contains(':', StringComparison.Ordinal)) return "is not relative";
        foreach (var name in path.Split('/'))
        {
            if (name is "" or "." or "..") return "leaves its folder";
            if (name.Length > MaxName) return "is too long";
            if (name.Any(c => char.IsControl(c) || Reserved.Contains(c)) || name[^1] is ' ' or '.') return "holds a character that not every system allows there";
            if (s_devices.Contains(name.Split('.')[0].TrimEnd())) return "is the name of a device";
            // What lies in there makes other programs run code.
            if (name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.StartsWith("git~", StringComparison.OrdinalIgnoreCase)) return "is inside of a repository of git";
        }

        return null;
    }

    /// <summary>Two paths of which not every system can have both: they differ only in case, or one is a folder of the other. <c>null</c> if there are none.</summary>
    public static (string First, string Second)? Clash(IEnumerable<string> paths)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var folders = new Dictionary<string, (string Name, string Path)>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (!files.TryAdd(path, path)) return (files[path], path);
            for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                var folder = path[..slash];
                if (!folders.TryAdd(folder, (folder, path)) && folders[folder].Name != folder) return (folders[folder].Path, path);
            }
        }

        foreach (var (folder, (_, inside)) in folders)
            if (files.TryGetValue(folder, out var file)) return (file, inside);
        return null;
    }
}
