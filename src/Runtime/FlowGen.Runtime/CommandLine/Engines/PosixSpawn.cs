using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FlowGen.CommandLine;

/// <summary>Starts a process in a session of its own, without a terminal, which the framework cannot.</summary>
internal static partial class PosixSpawn
{
    /// <summary>More than the largest of the structures that libc keeps its own.</summary>
    private const int StructSize = 1024;

    private const int WriteOnly = 1;

    private static short NewSession => OperatingSystem.IsMacOS() ? (short)0x0400 : (short)0x80;

    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static unsafe void Detach(string file, string[] arguments)
    {
        var (actions, attributes) = (Marshal.AllocHGlobal(StructSize), Marshal.AllocHGlobal(StructSize));
        var texts = new List<nint>();
        try
        {
            Check(InitActions(actions));
            Check(InitAttributes(attributes));
            Check(AddOpen(actions, 0, "/dev/null", 0, 0));
            Check(AddOpen(actions, 1, "/dev/null", WriteOnly, 0));
            Check(AddOpen(actions, 2, "/dev/null", WriteOnly, 0));
            Check(SetFlags(attributes, NewSession));
            string[] variables = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}")];
            fixed (nint* argv = Texts([file, .. arguments], texts), envp = Texts(variables, texts)) Check(Spawn(out _, file, actions, attributes, argv, envp));
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
        }
        finally
        {
            foreach (var text in texts) Marshal.FreeCoTaskMem(text);
            Marshal.FreeHGlobal(actions);
            Marshal.FreeHGlobal(attributes);
        }
    }

    private static nint[] Texts(string[] texts, List<nint> allocated)
    {
        var pointers = new nint[texts.Length + 1];
        for (var i = 0; i < texts.Length; i++) allocated.Add(pointers[i] = Marshal.StringToCoTaskMemUTF8(texts[i]));
        return pointers;
    }

    private static void Check(int error)
    {
        if (error != 0) throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(out int pid, string path, nint actions, nint attributes, nint* argv, nint* envp);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(nint actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(nint attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(nint attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(nint attributes);
}
