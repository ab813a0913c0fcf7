using System.ComponentModel.DataAnnotations;
using FlowGen;

namespace EndToEnd.Flows;

/// <summary>Runs another flow in each way: once, for each item, as the body of a loop, in a process of its own, and where failures are tolerated.</summary>
[Flow]
public partial class OrdersFlow
{
    /// <summary>Orders, each as many words.</summary>
    [Parameter] public string[] Orders { get; init; } = ["a b", "c", "d e f"];

    /// <summary>Word that makes its order fail.</summary>
    [Parameter] public string? Broken { get; init; }

    /// <summary>File with a heading.</summary>
    [Parameter] public InputFile? Heading { get; init; }

    /// <summary>Not to be seen in what the steps write.</summary>
    [Parameter] public Secret<string>? Token { get; init; }

    [SubFlow] public PickFlow Pick([ForEach(nameof(Orders))] string order, int check) => new() { Words = order.Split(' '), Broken = Broken, Base = check, Heading = Heading, Token = Token };

    [Step] public static int Check() => 10;

    [Step] public static string Told([Gather(nameof(Pick), "total")] IReadOnlyList<Outcome<int>> totals) =>
        string.Join("; ", totals.Select(total => total.Succeeded ? $"{total.Value}" : total.Error!.Message));

    [Step] public static int Sum([Gather("pick.total", MinSuccess = 0.1)] int[] totals) => totals.Sum();

    [SubFlow, Loop(nameof(IsSmall), Max = 9)] public static DoubleFlow Grow([Carry(nameof(Sum))] int grow) => new() { Value = grow };

    private static bool IsSmall(int grow) => grow < 200;

    [SubFlow] public static WrapFlow Wrap(int grow) => new() { Value = grow };

    [Step] public static string End(int grow, string wrap, string told) => $"{told} -> {grow} -> {wrap}";
}

/// <summary>Adds up the lengths of words.</summary>
[Flow]
public partial class PickFlow
{
    [Parameter] public required string[] Words { get; init; }

    [Parameter] public string? Broken { get; init; }

    /// <summary>What the sum starts from.</summary>
    [Parameter, Range(0, 100)] public int Base { get; init; }

    [Parameter] public InputFile? Heading { get; init; }

    [Parameter] public Secret<string>? Token { get; init; }

    [Step]
    public int Length([ForEach(nameof(Words))] string word)
    {
        Console.WriteLine($"{Heading?.ReadAllText().Trim()} {word} {Token?.Reveal()}");
        return word == Broken ? throw new InvalidOperationException($"no {word}") : word.Length;
    }

    [Step, Output] public int Total([Gather(nameof(Length))] int[] lengths) => Base + lengths.Sum();

    [Step, Output] public string First() => Words[0];
}

/// <summary>Doubles a number.</summary>
[Flow]
public partial class DoubleFlow
{
    [Parameter] public int Value { get; init; } = 1;

    [Step, Output] public int Twice() => Value * 2;
}

/// <summary>A flow in a flow in a flow.</summary>
[Flow]
public partial class WrapFlow
{
    [Parameter] public int Value { get; init; } = 1;

    [SubFlow] public DoubleFlow Inside() => new() { Value = Value };

    [Step, Output, Isolated] public string Text(int inside, StepContext context) => $"{inside} in {context.TaskName} of {context.Flow}{(Environment.GetCommandLineArgs().Contains("worker") ? " apart" : "")}";
}
