using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace FlowGen.Storage;

/// <summary>What Windows has in place of <c>link</c>: a move that fails when the target exists and returns when it is on the disk (C4).</summary>
[SupportedOSPlatform("windows")]
internal static partial class Kernel32
{
    public const int ReplaceExisting = 1, WriteThrough = 8;
    public const int PathNotFound = 3, FileExists = 80, AlreadyExists = 183;

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool MoveFileEx(string from, string to, int flags);
}
