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
    public void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    /// <summary>Closes the innermost block.</summary>
    /// <param name="tail">What follows the brace, such as a semicolon.</param>
    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    public override string ToString() => _text.ToString();
}
