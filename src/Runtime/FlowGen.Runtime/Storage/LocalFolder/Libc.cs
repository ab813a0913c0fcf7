using System.Runtime.InteropServices;

namespace FlowGen.Storage;

/// <summary>What POSIX has and the framework lacks: <c>link</c>, <c>rename</c> as one atomic step, and a directory's <c>fsync</c> (C4).</summary>
internal static partial class Libc
{
    public const int NoEntry = 2, Exists = 17;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string existing, string added);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>Makes the names in a directory durable. 0, or an error number.</summary>
    public static int SyncDirectory(string path)
    {
        // O_RDONLY | O_CLOEXEC; the value of the latter is the platform's.
        var descriptor = Open(path, OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0);
        if (descriptor < 0) return Marshal.GetLastPInvokeError();
        var error = Fsync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        return error;
    }
}
