using System.Globalization;

namespace Benchmarks.Measuring;

/// <summary>The one table that a run prints.</summary>
internal sealed class Table
{
    private readonly List<string[]> _rows = [["what", "value", "baseline", "ratio", "bar", ""]];

    /// <summary>Whether a row misses its bar.</summary>
    public bool Failed { get; private set; }

    /// <summary>Adds a row. <paramref name="ratio"/> says how many times the baseline the value is; a <paramref name="passed"/> of <c>null</c> means that there is no bar.</summary>
    public void Add(string what, string value, string baseline, double ratio, string bar = "", bool? passed = null)
    {
        Failed |= passed == false;
        _rows.Add([what, value, baseline, ratio.ToString(ratio < 10 ? "0.00" : "0", CultureInfo.InvariantCulture), bar, passed switch { true => "pass", false => "FAIL", null => "" }]);
        Console.Error.WriteLine("measured: " + what);
    }

    public void Print(TextWriter output)
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column is 0 or 2 or 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
