using FlowGen;

// What these rules warn of is what the flow is made for.
#pragma warning disable FG0803, FG0808

namespace Argo.Flows;

/// <summary>What runs in places of its own: gangs, processes, resources of workers, the driver, and after the run.</summary>
[Flow]
public partial class CornersFlow
{
    /// <summary>A file that a step makes when it is there, and waits for another.</summary>
    [Parameter] public string? Gate { get; init; }

    /// <summary>Ends the process of the step as often as it is started.</summary>
    [Parameter] public bool Crash { get; init; }

    /// <summary>File that says how the run ended.</summary>
    [Parameter] public string? Told { get; init; }

    [PerWorker] public static List<int> Opened() => [Environment.ProcessId];

    [Step, Inline] public static int[] Numbers() => [1, 2, 3, 4];

    [Step]
    public async Task<int> Work([ForEach(nameof(Numbers))] int number, [From(nameof(Opened))] List<int> opened, CancellationToken cancel)
    {
        Console.WriteLine($"working on {number}");
        if (number == 3 && Crash) Environment.Exit(9);
        if (number == 3 && Gate is not null)
        {
            File.AppendAllText(Gate + ".3", "x");
            await EndToEnd.Flows.Gate.WaitAsync(Gate, cancel);
        }

        return number * opened.Count;
    }

    [Step, Gang(2)] public static int Together(StepContext context) => context.Gang.Size * 10 + context.Gang.Rank;

    [Step, Isolated] public static string Apart(int together) => $"apart {together}";

    [Step] public static string Sum([Gather(nameof(Work), MinSuccess = 0.5)] int[] work, string apart) => $"{work.Sum()} {apart}";

    [Finally]
    public void Tell(RunOutcome outcome)
    {
        if (Told is not null) File.WriteAllText(Told, $"{outcome.Status}");
    }
}
