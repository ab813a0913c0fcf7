using System.Globalization;

namespace Penguins;

/// <summary>One penguin: species and what was measured.</summary>
public sealed record Penguin(string Species, string Island, float BillLength, float BillDepth, float FlipperLength, float BodyMass, string Sex)
{
    /// <summary>Reads a line of the file; <c>null</c> if something was not measured.</summary>
    public static Penguin? Parse(string line)
    {
        var fields = line.Split(',');
        return fields.Any(string.IsNullOrWhiteSpace) ? null
            : new(fields[0], fields[1], Number(fields[2]), Number(fields[3]), Number(fields[4]), Number(fields[5]), fields[6]);
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
