namespace FlowGen.Build;

/// <summary>A file or folder of an image.</summary>
/// <param name="Path">Where in the image, without a slash at its start; of a folder with one at its end.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Source">The file with its content; <c>null</c>: a folder, or the content is given.</param>
/// <param name="Content">The content itself.</param>
public sealed record ImageEntry(string Path, UnixFileMode Mode, string? Source = null, byte[]? Content = null)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Path.EndsWith('/');

    /// <summary>A folder.</summary>
    /// <param name="path">Where.</param>
    public static ImageEntry Folder(string path) => new(path, Executable);

    /// <summary>A folder in which everybody may write, as <c>/tmp</c>.</summary>
    /// <param name="path">Where.</param>
    public static ImageEntry SharedFolder(string path) => new(path, Executable | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);

    /// <summary>A file that exists.</summary>
    /// <param name="path">Where in the image.</param>
    /// <param name="source">Where it is.</param>
    /// <param name="isExecutable">Whether it may be run.</param>
    public static ImageEntry File(string path, string source, bool isExecutable = false) => new(path, isExecutable ? Executable : Readable, source);

    /// <summary>A file of a few lines.</summary>
    /// <param name="path">Where in the image.</param>
    /// <param name="text">What it says.</param>
    public static ImageEntry Text(string path, string text) => new(path, Readable, null, System.Text.Encoding.UTF8.GetBytes(text));
}
