using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FlowGen;

return await FlowApp.RunAsync<FlakyFlow>(args);

/// <summary>Averages the price of diamonds from many deliveries, of which some come late and some are broken: failure is data here, not the end of the run.</summary>
[Flow]
public partial class FlakyFlow
{
    /// <summary>CSV file with one diamond per line.</summary>
    [Parameter] public InputFile Data { get; init; } = "diamonds.csv";

    /// <summary>Lines in a delivery.</summary>
    [Parameter, Range(1, 100_000)] public int Size { get; init; } = 50;

    /// <summary>One delivery in so many is broken for good.</summary>
    [Parameter, Range(2, 1_000)] public int BrokenEvery { get; init; } = 9;

    /// <summary>The deliveries, by the number of their first line.</summary>
    [Step]
    public int[] Deliveries() => [.. Enumerable.Range(0, Data.ReadLines().Count() - 1).Where(line => line % Size == 0)];

    /// <summary>Fetches a delivery. Every third one needs a second attempt, as from a busy server.</summary>
    [Step, Retry(2, Backoff = "100ms")]
    public string[] Fetch([ForEach(nameof(Deliveries))] int first, StepContext context)
    {
        var number = first / Size;
        if (number % 3 == 0 && context.Attempt == 1) throw new IOException("The server is busy.");
        var lines = Data.ReadLines().Skip(1 + first).Take(Size).ToArray();
        if (number % BrokenEvery == BrokenEvery - 1) lines[^1] = "0.5,Ideal";
        return lines;
    }

    /// <summary>Sums the prices of a delivery; a broken line fails it.</summary>
    [Step]
    public static Sum Add(string[] fetch) => new(fetch.Length, fetch.Sum(line => line.Split(',') is [_, _, var price]
        ? double.Parse(price, CultureInfo.InvariantCulture)
        : throw new FormatException($"'{line}' is no diamond.")));

    /// <summary>The average over what came through; fewer than four fifths are not enough.</summary>
    [Step]
    public static double Average([Gather(nameof(Add), MinSuccess = 0.8)] IReadOnlyList<Sum> sums) => sums.Sum(sum => sum.Price) / sums.Sum(sum => sum.Count);

    /// <summary>Says which deliveries to ask for again.</summary>
    [Step]
    public static string[] Complaints([Gather(nameof(Add))] IReadOnlyList<Outcome<Sum>> sums) => [.. sums.Where(sum => !sum.Succeeded).Select(sum => sum.Error!.ToString())];

    /// <summary>Prints the result.</summary>
    [Step]
    public static void Print(double average, string[] complaints)
    {
        Console.WriteLine($"{average:F2} on average; {complaints.Length} deliveries are missing:");
        foreach (var complaint in complaints) Console.WriteLine(complaint);
    }
}

public sealed record Sum(int Count, double Price);
