using System.IO.Enumeration;

namespace FlowGen.Storage;

/// <summary>Lists the objects of a folder in ordinal order of keys. Names outside the grammar of keys are not there.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private readonly record struct Entry(string Name, bool IsFolder, long Size, DateTimeOffset LastModified) : IComparable<Entry>
    {
        /// <summary>A folder's name counts with its slash, which sorts after the hyphen and before digits and letters.</summary>
        public string SortName => IsFolder ? Name + "/" : Name;

        public int CompareTo(Entry other) => string.CompareOrdinal(SortName, other.SortName);
    }

    public static IEnumerable<StoredObject> Objects(string root, string prefix, string? after)
    {
        foreach (var entry in Entries(root, prefix, after))
        {
            var key = prefix + entry.SortName;
            if (!entry.IsFolder)
            {
                if (after is null || string.CompareOrdinal(key, after) > 0) yield return new StoredObject(key, entry.Size, entry.LastModified);
            }
            else if (after is null || string.CompareOrdinal(key, after) > 0 || after.StartsWith(key, StringComparison.Ordinal))
            {
                foreach (var found in Objects(root, key, after)) yield return found;
            }
        }
    }

    /// <summary>Folders with at least one object below them: as in a bucket, there are no others.</summary>
    public static IEnumerable<string> Folders(string root, string prefix) =>
        Entries(root, prefix).Where(static e => e.IsFolder).OrderBy(static e => e.Name, StringComparer.Ordinal).Where(e => Objects(root, prefix + e.SortName, null).Any()).Select(static e => e.Name);

    /// <summary>Files and folders whose names are not in the grammar of keys, as paths below the root.</summary>
    public static IEnumerable<string> Strangers(string root)
    {
        if (!Directory.Exists(root)) yield break;
        var left = new Stack<string>([root]);
        while (left.TryPop(out var folder))
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", Options))
            {
                var name = Path.GetFileName(path);
                if (folder == root && name is FolderTree.Temporary or ".gitignore") continue;
                if (!ObjectKey.IsSegment(name)) yield return Path.GetRelativePath(root, path);
                else if (Directory.Exists(path)) left.Push(path);
            }
        }
    }

    /// <summary>A store that is a file has no objects either, but that is not what anybody means.</summary>
    public static void ThrowIfFile(string root)
    {
        if (File.Exists(root)) throw FolderErrors.Of(root, root, OperatingSystem.IsWindows() ? 267 : 20);
    }

    /// <summary>Files that are not asked for are not even looked at: of a long log, a reader wants the end.</summary>
    private static List<Entry> Entries(string root, string prefix, string? after = null)
    {
        var last = after?.StartsWith(prefix, StringComparison.Ordinal) == true ? after[prefix.Length..] : "";
        var folder = Path.Combine(root, prefix.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            var entries = new FileSystemEnumerable<Entry>(folder, (ref e) => new Entry(e.FileName.ToString(), e.IsDirectory, e.IsDirectory ? 0 : e.Length, e.LastWriteTimeUtc), Options)
            {
                ShouldIncludePredicate = (ref e) => (last.Length == 0 || e.FileName.SequenceCompareTo(last) > 0 || e.IsDirectory) && ObjectKey.IsSegment(e.FileName) && (prefix.Length > 0 || e.FileName is not FolderTree.Temporary),
            }.ToList();
            entries.Sort();
            return entries;
        }
        catch (DirectoryNotFoundException)
        {
            ThrowIfFile(root);
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Of(root, folder, e);
        }
    }
}
