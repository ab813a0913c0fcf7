namespace FlowGen.CommandLine;

/// <summary>Columns of text, aligned by two spaces.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void WriteTo(TextWriter output, string indent = "")
    {
        if (_rows.Count == 0) return;
        var widths = new int[_rows.Max(row => row.Length)];
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++) widths[i] = Math.Max(widths[i], row[i].Length);
        }

        foreach (var row in _rows)
        {
            var line = indent;
            for (var i = 0; i < row.Length; i++)
            {
                // An empty column takes no room.
                if (widths[i] > 0) line += row[i].PadRight(widths[i]) + "  ";
            }

            output.WriteLine(line.TrimEnd());
        }
    }
}
