namespace FlowGen.Slurm;

/// <summary>Text of a POSIX shell.</summary>
internal static class Sh
{
    /// <summary>A word that the shell takes as it is, whatever it holds.</summary>
    public static string Quote(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("No argument of a program can hold a zero.", nameof(text))
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Whether this can be the name of a variable.</summary>
    public static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
