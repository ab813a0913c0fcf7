using System.Collections.Immutable;
using System.Text;

namespace Penguins;

/// <summary>How often each species (row) was taken for each species (column).</summary>
public sealed record ConfusionMatrix(ImmutableArray<string> Species, ImmutableArray<ImmutableArray<int>> Counts)
{
    /// <summary>Share of right answers.</summary>
    public double Accuracy => Counts.Select((row, i) => row[i]).Sum() / (double)Counts.Sum(row => row.Sum());

    public static ConfusionMatrix Of(IEnumerable<string> actual, IEnumerable<string> predicted)
    {
        var pairs = actual.Zip(predicted).ToLookup(pair => pair);
        ImmutableArray<string> species = [.. pairs.SelectMany(p => new[] { p.Key.First, p.Key.Second }).Distinct().Order(StringComparer.Ordinal)];
        return new(species, [.. species.Select(row => species.Select(column => pairs[(row, column)].Count()).ToImmutableArray())]);
    }

    /// <summary>A table for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{"is / taken for",-16}").AppendJoin("", Species.Select(s => $"{s,12}"));
        foreach (var (species, row) in Species.Zip(Counts))
            text.Append($"\n{species,-16}").AppendJoin("", row.Select(count => $"{count,12}"));
        return text.ToString();
    }
}
