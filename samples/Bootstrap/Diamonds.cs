using System.Collections.Immutable;
using System.Globalization;

namespace Bootstrap;

/// <summary>Weight in carat and price in dollars of a number of diamonds, as columns.</summary>
public sealed record Diamonds(ImmutableArray<double> Carats, ImmutableArray<double> Prices)
{
    public static Diamonds Parse(IEnumerable<string> lines)
    {
        var rows = lines.ToList();
        var names = rows[0].Split(',').Select(name => name.Trim('"')).ToList();
        ImmutableArray<double> Column(string name)
        {
            var column = names.IndexOf(name);
            return [.. rows.Skip(1).Select(row => double.Parse(row.Split(',')[column], CultureInfo.InvariantCulture))];
        }
        return new(Column("carat"), Column("price"));
    }

    /// <summary>As many diamonds as these, drawn with replacement.</summary>
    public Diamonds Draw(Random random)
    {
        var (carats, prices) = (new double[Prices.Length], new double[Prices.Length]);
        for (var i = 0; i < prices.Length; i++)
        {
            var drawn = random.Next(prices.Length);
            (carats[i], prices[i]) = (Carats[drawn], Prices[drawn]);
        }
        return new([.. carats], [.. prices]);
    }

    public Statistics Describe()
    {
        var (meanCarat, meanPrice) = (Carats.Average(), Prices.Average());
        double product = 0, carats = 0, prices = 0;
        for (var i = 0; i < Prices.Length; i++)
        {
            var (carat, price) = (Carats[i] - meanCarat, Prices[i] - meanPrice);
            (product, carats, prices) = (product + (carat * price), carats + (carat * carat), prices + (price * price));
        }
        var sorted = Prices.ToArray();
        Array.Sort(sorted);
        return new(meanPrice, sorted[sorted.Length / 2], product / Math.Sqrt(carats * prices));
    }
}
