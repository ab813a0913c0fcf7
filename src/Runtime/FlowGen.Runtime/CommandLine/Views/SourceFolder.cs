using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Writes a snapshot below a folder that is empty or does not exist; nothing that was there before can be touched or followed (H13). Paths were checked when the snapshot was read.</summary>
internal static class SourceFolder
{
    /// <exception cref="FlowException">FG1037: the folder holds something, or cannot be written.</exception>
    public static void Write(SourceSnapshot snapshot, string folder)
    {
        try
        {
            if (File.Exists(folder)) throw Unusable(folder, "is a file");
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw Unusable(folder, "is not empty, and nothing is ever overwritten");
            Directory.CreateDirectory(folder);
            foreach (var (path, content) in snapshot.Files)
            {
                var file = Path.Combine([folder, .. path.Split('/')]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
                stream.Write(content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unusable(folder, $"cannot be written: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static FlowException Unusable(string folder, string why, Exception? cause = null) =>
        new("FG1037", $"The folder {folder} {why}. Name an empty or new one with --to.", ExitCodes.Usage, cause);
}
