using System.Text;

namespace FlowGen.Build;

/// <summary>Arguments in one text, as a shell takes them apart: by blanks, which quotes hold together. A backslash before a quote, a blank or another one stands for that character.</summary>
public static class ArgumentText
{
    /// <summary>Takes a text apart.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="BuildException">A quote has no end.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var (quote, isOpen) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length && text[i + 1] is '"' or '\'' or '\\' or ' ') (c, i, isOpen) = (Append(text[i + 1]), i + 1, true);
            else if (quote != '\0' ? c == quote : c is '"' or '\'') (quote, isOpen) = (quote == '\0' ? c : '\0', true);
            else if (quote == '\0' && char.IsWhiteSpace(c)) End();
            else (c, isOpen) = (Append(c), true);
        }

        if (quote != '\0') throw new BuildException("FG0912", $"FlowArgs has a quote {quote} without an end: {text}");
        End();
        return arguments;

        char Append(char c)
        {
            current.Append(c);
            return c;
        }

        void End()
        {
            if (isOpen) arguments.Add(current.ToString());
            current.Clear();
            isOpen = false;
        }
    }

    /// <summary>Reads a file with one argument a line. Empty lines and lines that begin with <c>#</c> are none.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="BuildException">It does not exist.</exception>
    public static IReadOnlyList<string> Read(string file) => !File.Exists(file) ? throw new BuildException("FG0912", $"the file {file} that FlowArgsFile names does not exist; it has one argument a line")
        : [.. File.ReadLines(file).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#')];
}
