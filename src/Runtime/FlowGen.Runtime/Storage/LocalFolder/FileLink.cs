using System.Runtime.InteropServices;

namespace FlowGen.Storage;

/// <summary>Gives a finished file its name. The framework's own <c>File.Move</c> checks and then renames: two writers can both win, and the later one destroys the earlier object.</summary>
internal static class FileLink
{
    /// <summary>Atomic: false if something has that name already. The source may be gone afterwards. If the directory is gone, it is restored once.</summary>
    public static bool TryLink(string root, string source, string path, Action restoreDirectory)
    {
        for (var again = true; ; again = false)
        {
            int error;
            if (OperatingSystem.IsWindows())
            {
                if (Kernel32.MoveFileEx(source, path, Kernel32.WriteThrough)) return true;
                error = Marshal.GetLastPInvokeError();
                if (error is Kernel32.FileExists or Kernel32.AlreadyExists) return false;
                if (error == Kernel32.PathNotFound && again) { restoreDirectory(); continue; }
                throw FolderErrors.Of(root, path, error);
            }
            if (Libc.Link(source, path) == 0) return true;
            error = Marshal.GetLastPInvokeError();
            if (error == Libc.Exists) return false;
            if (error != Libc.NoEntry || !again) throw FolderErrors.Of(root, path, error);
            restoreDirectory();
        }
    }

    /// <summary>Atomic: readers see the old file or the new one.</summary>
    public static void Replace(string root, string source, string path)
    {
        var done = OperatingSystem.IsWindows() ? Kernel32.MoveFileEx(source, path, Kernel32.ReplaceExisting) : Libc.Rename(source, path) == 0;
        if (done) return;
        var error = Marshal.GetLastPInvokeError();
        File.Delete(source);
        throw FolderErrors.Of(root, path, error);
    }
}
