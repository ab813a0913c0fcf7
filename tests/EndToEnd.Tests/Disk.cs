namespace EndToEnd.Tests;

/// <summary>A small file system in memory, where the platform lets us mount one.</summary>
internal sealed class Disk : IAsyncDisposable
{
    private readonly FlowProgram _program;

    private Disk(FlowProgram program, string path) => (_program, Path) = (program, path);

    public string Path { get; }

    public static async Task<Disk> MountAsync(FlowProgram program, string options)
    {
        var path = System.IO.Path.Combine(program.Directory, "disk");
        Directory.CreateDirectory(path);
        var mounted = OperatingSystem.IsLinux() ? await program.ShellAsync($"mount -t tmpfs -o {options} none '{path}'") : null;
        Assert.SkipWhen(mounted is not { ExitCode: 0 }, "Mounting a file system needs root on Linux.");
        return new Disk(program, path);
    }

    public async ValueTask DisposeAsync() => (await _program.ShellAsync($"umount '{Path}'")).With(0);
}
