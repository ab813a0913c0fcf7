using System.Text;

namespace FlowGen.Generator.Emission;

/// <summary>Source text with indentation. Lines end with <c>\n</c> everywhere.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Appends one or several lines at the current indentation; the empty text is an empty line.</summary>
    public void Line(string text = "")
    {
        foreach (var line in text.Replace("\r", "").Split('\n'))
        {
            if (line.Length > 0) _text.Append(' ', _depth * 4).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>Appends a line and opens a block below it.</summary>
    /// <param name="header">The line above the block.</param>
    /// <param name="bracket">What opens the block.</param>
    public void Open(string header, string bracket = "{")
    {
        Line(header);
        Line(bracket);
        _depth++;
    }

    /// <summary>Opens a block without a line above it.</summary>
    public void OpenBlock()
    {
        Line("{");
        _depth++;
    }

    /// <summary>Closes the innermost block.</summary>
    /// <param name="tail">What follows the bracket, such as a semicolon.</param>
    /// <param name="bracket">What closes the block.</param>
    public void Close(string tail = "", string bracket = "}")
    {
        _depth--;
        Line(bracket + tail);
    }

    public override string ToString() => _text.ToString();
}
