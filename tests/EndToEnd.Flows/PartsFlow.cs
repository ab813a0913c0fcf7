using FlowGen;

namespace EndToEnd.Flows;

/// <summary>What a worker opens once.</summary>
public sealed class PriceList : IDisposable
{
    public static async Task<PriceList> OpenAsync()
    {
        await Task.Yield();
        return new PriceList();
    }

    public double Of(int part) => part * 1.5;

    public void Dispose() => Console.WriteLine("the list is closed");
}

/// <summary>A group of parts, with a drawing that is too large to travel along.</summary>
public sealed record Drawing(string Group, Blob Content);

/// <summary>What steps may have beside their inputs, in one flow whose results do not depend on where it runs.</summary>
[Flow]
public partial class PartsFlow
{
    /// <summary>Groups of parts.</summary>
    [Parameter] public string[] Groups { get; init; } = ["a", "bb"];

    /// <summary>How many attempts of a step take too long.</summary>
    [Parameter] public int Hangs { get; init; } = 1;

    [PerWorker] public static Task<PriceList> PricesAsync() => PriceList.OpenAsync();

    [Step] public static int[] Parts([ForEach(nameof(Groups))] string group) => [.. Enumerable.Range(0, group.Length + 1)];

    [Step] public static double Price([ForEach(nameof(Groups))] string group, [ForEach(nameof(Parts))] int part, [From(nameof(PricesAsync))] PriceList prices) => group.Length + prices.Of(part);

    [Step] public static double Total([ForEach(nameof(Groups))] string group, [Gather(nameof(Price), Over = nameof(Parts))] IReadOnlyList<double> prices) => prices.Sum() + group.Length;

    [Step]
    public static async Task<Drawing> DrawAsync([ForEach(nameof(Groups))] string group, CancellationToken cancel) => new(group, await Blob.WriteAsync(async stream =>
    {
        var block = new byte[9 << 20];
        new Random(group.Length).NextBytes(block);
        await stream.WriteAsync(block, cancel);
    }, cancel: cancel));

    [Step]
    public static async Task<int> InkAsync([ForEach(nameof(Groups))] string group, Drawing draw, CancellationToken cancel)
    {
        await using var content = draw.Content.OpenRead();
        var (buffer, ink) = (new byte[1 << 16], group.Length);
        while (await content.ReadAsync(buffer, cancel) is > 0 and var count) ink = unchecked(ink * 31 + buffer.AsSpan(0, count).IndexOf((byte)7));
        return ink;
    }

    [Step, Isolated, Environment("FINISH", "matt")] public static string Finish() => Environment.GetEnvironmentVariable("FINISH") ?? "none";

    [Step, Gang(3)] public static int Assemble(double[] each, StepContext context) => context.Gang.Size * 10 + context.Gang.Rank + each.Length;

    [Step] public static double[] Each([Gather(nameof(Total))] IReadOnlyList<double> totals) => [.. totals];

    [Step, Timeout("1s"), Retry(1, Backoff = "1ms")]
    public async Task<int> Polish(StepContext context, CancellationToken cancel)
    {
        if (context.Attempt <= Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        return context.Attempt;
    }

    [Step] public static string Report(double[] each, [Gather(nameof(InkAsync))] IReadOnlyList<int> ink, string finish, int assemble, int polish) =>
        $"{string.Join(" ", each)}, {string.Join(" ", ink)}, {finish}, {assemble}, polished at the {polish}. try";
}
