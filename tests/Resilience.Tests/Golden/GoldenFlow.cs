using FlowGen;

namespace EndToEnd.Flows;

public enum Kind { Small, Large }

public sealed record Sale(int Id, string Shop, double Amount, DateOnly Day);

/// <summary>A little of everything that a run can leave in a store.</summary>
[Flow]
public partial class GoldenFlow
{
    /// <summary>How many days.</summary>
    [Parameter] public int Days { get; init; } = 3;

    [Parameter] public string[] Regions { get; init; } = ["north", "south"];

    /// <summary>Any text.</summary>
    [Parameter] public InputFile? Notes { get; init; }

    [Parameter] public Secret<string>? Token { get; init; }

    /// <summary>File that the end waits for.</summary>
    [Parameter] public string? Gate { get; init; }

    [Step] public int[] Calendar() => [.. Enumerable.Range(0, Days)];

    /// <summary>The first day has no hours, and fails once.</summary>
    [Step, Retry(2, Backoff = "1ms")]
    public int[] Hours([ForEach(nameof(Calendar))] int day, StepContext context)
    {
        Console.WriteLine($"hours of day {day}, attempt {context.Attempt}");
        return day == 0 && context.Attempt == 1 ? throw new InvalidOperationException("the first one fails") : [.. Enumerable.Range(10, day)];
    }

    [Step] public double Score([ForEach(nameof(Hours))] int hour, [ForEach(nameof(Regions))] string region) => hour + (region.Length / 8.0);

    [Step] public string Fetch([ForEach(nameof(Calendar))] int day) => day == 1 ? throw new InvalidOperationException("no page 1") : $"page {day}";

    [Step] public static string Told([Gather(nameof(Fetch))] IReadOnlyList<Outcome<string>> pages) => string.Join("; ", pages.Select(page => page.Succeeded ? page.Value : page.Error!.Message));

    [Step] public static double Best([Gather(nameof(Score), Over = nameof(Calendar))] IReadOnlyList<double> scores) => scores.Max();

    [Step] public static List<Sale> Sales() => [.. Enumerable.Range(0, 300).Select(i => new Sale(i, i % 3 == 0 ? "Öst" : "west", i * 0.25, new DateOnly(2026, 1, 1).AddDays(i % 31)))];

    [Step] public static byte[] Packed() => [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i / 100))];

    [Step] public static byte[] Big() => [.. Enumerable.Range(0, 2_000_000).Select(i => (byte)(i / 10_000))];

    [Step] public static double[] Huge() => [.. Enumerable.Range(0, 1_100_000).Select(i => (double)(i / 100_000))];

    [Step] public static Task<Blob> Archive() => Blob.FromStreamAsync(new MemoryStream([.. Enumerable.Range(0, 9_000_000).Select(i => (byte)(i / 1_000_000))]));

    [Step] public static double Start() => 1;

    [Step, Loop(nameof(KeepGoing), Max = 9)] public static double Improve([Carry(nameof(Start))] double loss) => loss / 2;

    private static bool KeepGoing(double improve) => improve > 0.2;

    [Step] public static Kind Assess(double improve) => improve < 0.5 ? Kind.Small : Kind.Large;

    [Step, When(nameof(Assess), Kind.Small)] public static string Publish(double improve) => $"published {improve}";

    [Step, Otherwise(nameof(Assess))] public static string Explain(double improve) => $"{improve} is too much";

    [SubFlow] public static WordsFlow Words([ForEach(nameof(Regions))] string region) => new() { Text = region + " pole" };

    [Step]
    public async Task<string> End(string told, [Gather(nameof(Best))] double[] best, byte[] big, double[] huge, Blob archive, [OneOf(nameof(Publish), nameof(Explain))] string outcome, [Gather(nameof(Words))] int[] words, CancellationToken cancel)
    {
        Console.WriteLine($"the token is {Token?.Reveal()}");
        while (Gate is not null && !File.Exists(Gate)) await Task.Delay(20, cancel);
        return $"{told}, {best.Max()}, {big.Length}, {huge.Length}, {archive.Length}, {outcome}, {words.Sum()}, {Notes?.ReadAllText().Trim()}";
    }
}

/// <summary>Counts letters.</summary>
[Flow]
public partial class WordsFlow
{
    [Parameter] public required string Text { get; init; }

    [Step] public string[] Split() => Text.Split(' ');

    [Step] public static int Length([ForEach(nameof(Split))] string word) => word.Length;

    [Step, Output] public static int Total([Gather(nameof(Length))] int[] lengths) => lengths.Sum();
}

/// <summary>Enough slots for an index.</summary>
[Flow]
public partial class LongFlow
{
    [Parameter] public int Rounds { get; init; } = 300;

    [Step] public static int[] Numbers() => [.. Enumerable.Range(0, 40)];

    [Step] public static int Half([ForEach(nameof(Numbers))] int number) => number % 7 == 5 ? throw new InvalidOperationException($"no half of {number}") : number / 2;

    [Step] public static int Start([Gather(nameof(Half), MinSuccess = 0.5)] int[] halves) => halves.Length;

    [Step, Loop(nameof(KeepGoing), Max = 1000)]
    public static async Task<int> Count([Carry(nameof(Start))] int count, StepContext context)
    {
        await context.Committed();
        return count + 1;
    }

    private bool KeepGoing(int count) => count < Rounds;
}
