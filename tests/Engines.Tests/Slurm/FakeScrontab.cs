using System.Runtime.Versioning;

namespace Engines.Tests.Slurm;

/// <summary>A folder with a command <c>scrontab</c> that keeps the text as the real one does, and prints what that prints: Debian's packages leave the real one out.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeScrontab : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowgen-scrontab-");

    public FakeScrontab()
    {
        var file = Path.Combine(_folder.FullName, "scrontab");
        File.WriteAllText(file, $"""
            #!/bin/sh
            tab={_folder.FullName}/tab
            [ ! -e {_folder.FullName}/disabled ] || {"{"} echo "scrontab: fatal: scrontab is disabled on this cluster" >&2; exit 1; {"}"}
            case "$1" in
            -l) [ -e "$tab" ] || {"{"} echo "no crontab for ann"; exit 1; {"}"}; exec cat "$tab" ;;
            -r) rm -f "$tab" ;;
            -) cat > "$tab.new"
                if grep -q BROKEN "$tab.new"; then
                    echo "There are errors in your crontab."
                    echo "scrontab: error: bad step value" >&2
                    exit 1
                fi
                mv "$tab.new" "$tab"; echo >> {_folder.FullName}/writes ;;
            esac
            """);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Where it is.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Its path.</summary>
    public string Command => Path.Combine(Folder, "scrontab");

    /// <summary>The search path with it in front.</summary>
    public string SearchPath => $"{Folder}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>How often it was written.</summary>
    public int Writes => File.Exists(Path.Combine(Folder, "writes")) ? File.ReadAllLines(Path.Combine(Folder, "writes")).Length : 0;

    /// <summary>What it holds; <c>null</c> for none.</summary>
    public string? Tab
    {
        get => File.Exists(Path.Combine(Folder, "tab")) ? File.ReadAllText(Path.Combine(Folder, "tab")) : null;
        set => File.WriteAllText(Path.Combine(Folder, "tab"), value);
    }

    /// <summary>As on a cluster that has it switched off.</summary>
    public void Disable() => File.WriteAllText(Path.Combine(Folder, "disabled"), "");

    public void Dispose() => _folder.Delete(recursive: true);
}
