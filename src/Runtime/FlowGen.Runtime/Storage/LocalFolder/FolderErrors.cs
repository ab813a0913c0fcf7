using System.ComponentModel;

namespace FlowGen.Storage;

/// <summary>Turns what the operating system says into what a person can do.</summary>
internal static class FolderErrors
{
    public static FlowException Of(string root, string path, Exception e)
    {
        // On Unix HResult of an IOException is the errno; an UnauthorizedAccessException wraps one.
        var error = OperatingSystem.IsWindows() ? e.HResult & 0xFFFF : (e as UnauthorizedAccessException)?.InnerException?.HResult ?? e.HResult;
        return Of(root, path, error, e.Message, e);
    }

    public static FlowException Of(string root, string path, int errno) => Of(root, path, errno, new Win32Exception(errno).Message, null);

    private static FlowException Of(string root, string path, int error, string message, Exception? cause)
    {
        FlowException Make(string code, string text) => new(code, text, StoreErrors.ExitCode, cause);
        return Classify(error, cause) switch
        {
            Condition.NoPermission => Make(StoreErrors.NoPermission, $"No permission to use {path} in the store {root}. Give this user access to it, or choose another store."),
            Condition.ReadOnly => Make(StoreErrors.ReadOnly, $"The store {root} is on a read-only file system ({path}). Choose another store, or mount it for writing."),
            Condition.Full => Make(StoreErrors.Full, $"No space is left for {path} in the store {root} (disk full or quota used up). Free some space, then resume the run."),
            Condition.NotAFolder => Make(StoreErrors.NotAFolder, $"{path} cannot be used as a folder of the store {root}: part of it is a file, or its name is too long. Choose another store."),
            Condition.NoLinks => Make(StoreErrors.Unsuitable, $"The file system of the store {root} has no hard links (such as FAT or some network shares), without which a store cannot be written safely. Choose another store."),
            Condition.Transient => new StoreUnavailableException($"The store {root} cannot be reached ({path}: {message})", cause),
            _ => Make(StoreErrors.Failed, $"The store {root} failed at {path}: {message}"),
        };
    }

    private enum Condition { Other, NoPermission, ReadOnly, Full, NotAFolder, NoLinks, Transient }

    private static Condition Classify(int error, Exception? cause)
    {
        if (OperatingSystem.IsWindows())
            return error switch
            {
                5 => Condition.NoPermission, 19 => Condition.ReadOnly, 39 or 112 or 1295 => Condition.Full, 80 or 183 or 267 or 206 or 123 => Condition.NotAFolder,
                32 or 33 or 53 or 55 or 59 or 64 or 121 => Condition.Transient, _ => Condition.Other,
            };
        if (cause is PathTooLongException) return Condition.NotAFolder;
        if (cause is UnauthorizedAccessException) return Condition.NoPermission;
        var mac = OperatingSystem.IsMacOS();
        return error switch
        {
            13 => Condition.NoPermission,
            30 => Condition.ReadOnly,
            28 => Condition.Full,
            17 or 20 or 40 or 36 => Condition.NotAFolder,
            1 or 31 => Condition.NoLinks, // EPERM and EMLINK: how file systems without links, or with few, refuse one
            122 when !mac => Condition.Full,
            69 when mac => Condition.Full,
            95 when !mac => Condition.NoLinks,
            45 or 102 when mac => Condition.NoLinks,
            116 or 110 or 112 or 113 or 101 when !mac => Condition.Transient, // ESTALE, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH
            70 or 60 or 64 or 65 or 51 when mac => Condition.Transient,
            _ => Condition.Other,
        };
    }
}
