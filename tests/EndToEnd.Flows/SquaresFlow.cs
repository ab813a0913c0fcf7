using System.ComponentModel.DataAnnotations;
using FlowGen;

namespace EndToEnd.Flows;

/// <summary>Adds up squares; can be held half-way until a file exists.</summary>
[Flow]
public partial class SquaresFlow
{
    /// <summary>How many numbers.</summary>
    [Parameter, Range(0, 1_000_000)] public int Count { get; init; } = 5;

    /// <summary>File that the numbers after the first few wait for; each says with a file of its own (<c>gate.3</c>) that it does.</summary>
    [Parameter] public string? Gate { get; init; }

    /// <summary>How many numbers do not wait.</summary>
    [Parameter] public int Ahead { get; init; } = 3;

    [Step] public int[] Numbers() => [.. Enumerable.Range(0, Count)];

    [Step]
    public async Task<double[]> SquareAsync([ForEach(nameof(Numbers))] int number, CancellationToken cancel)
    {
        Console.WriteLine($"squaring {number}");
        if (number < Ahead || Gate is null) return [number, (double)number * number];
        File.Create($"{Gate}.{number}").Dispose();
        await EndToEnd.Flows.Gate.WaitAsync(Gate, cancel);
        return [number, (double)number * number];
    }

    [Step]
    public double Sum([Gather(nameof(SquareAsync))] IReadOnlyList<double[]> squares) => squares.Sum(square => square[1]);
}
