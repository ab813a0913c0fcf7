using System.Diagnostics;

namespace FlowGen.Build;

/// <summary>What links native code on this machine.</summary>
/// <param name="path">The folders with programs, as in <c>PATH</c>.</param>
public sealed class Toolchain(string path)
{
    private readonly string[] _folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is missing to link a worker, as packages of Debian; empty if nothing is.</summary>
    /// <param name="isStatic">Whether it needs no library of the system when it runs.</param>
    /// <param name="compiler">The compiler that the project names; empty: <c>clang</c> or <c>gcc</c>.</param>
    public IReadOnlyList<(string What, string Package)> FindMissing(bool isStatic, string compiler)
    {
        var missing = new List<(string, string)>();
        var linker = isStatic ? Find("gcc") : compiler.Length > 0 ? Find(compiler) : Find("clang") ?? Find("gcc");
        if (linker is null) missing.Add((isStatic || compiler == "gcc" ? "gcc" : compiler.Length > 0 ? compiler : "clang or gcc", compiler.Length > 0 && !isStatic ? compiler : "gcc"));
        if (Find("ld") is null) missing.Add(("ld", "binutils"));
        if (Find("objcopy") is null && Find("llvm-objcopy") is null) missing.Add(("objcopy", "binutils"));
        if (isStatic && Find("cmake") is null) missing.Add(("cmake", "cmake"));
        if (isStatic && Find("make") is null) missing.Add(("make", "make"));
        if (linker is not null)
        {
            foreach (var (file, package) in isStatic ? [("libc.a", "libc6-dev"), ("libssl.a", "libssl-dev"), ("libcrypto.a", "libssl-dev")] : new[] { ("crt1.o", "libc6-dev") })
                if (!Path.IsPathRooted(Ask(linker, "-print-file-name=" + file))) missing.Add((file, package));
        }

        return missing;
    }

    /// <summary>Whether the linker can be told to give no warnings: GNU ld 2.40 can.</summary>
    public bool CanBeQuiet() => Find("ld") is { } linker && Ask(linker, "--help").Contains("--no-warnings", StringComparison.Ordinal);

    private string? Find(string program) => Path.IsPathRooted(program) ? File.Exists(program) ? program : null : _folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Ask(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return answer;
    }
}
