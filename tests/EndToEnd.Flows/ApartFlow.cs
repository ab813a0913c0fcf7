using System.Diagnostics;
using FlowGen;
using Microsoft.Extensions.Logging;

// What these rules warn of is what the flow is made for.
#pragma warning disable FG0803, FG0808

namespace EndToEnd.Flows;

/// <summary>What a step with a process of its own was given and where it ran.</summary>
public sealed record Place(int Process, string Flavour, string Token, string Words, int Sum, string Task, int Attempt);

/// <summary>Steps in processes of their own, which end in every way that a process can.</summary>
[Flow]
public partial class ApartFlow
{
    /// <summary>How the step ends: well, throw, once, permanent, exit, lost (twice), crash, hang or wait.</summary>
    [Parameter] public string Ending { get; init; } = "well";

    /// <summary>A file that the step reads.</summary>
    [Parameter] public required InputFile Notes { get; init; }

    /// <summary>Something that only the step may know.</summary>
    [Parameter] public Secret<string>? Token { get; init; }

    [Step] public int[] Numbers() => [1, 2, 3];

    [Step] public int Driver() => Environment.ProcessId;

    [Step, Isolated, Environment("FLAVOUR", "salt"), Timeout("3s"), Retry(1, Backoff = "1ms", Except = [typeof(ArgumentException)])]
    public async Task<Place> Apart([ForEach(nameof(Numbers))] int number, int[] numbers, Secret<string>? token, StepContext context, ILogger log, CancellationToken cancel)
    {
        Console.WriteLine($"number {number} here");
        await Console.Error.WriteLineAsync("and on standard error");
        log.LogWarning("number {Number} is logged", number);
        context.Progress(0.5, "half");
        await context.Committed();
        File.WriteAllText(Path.Combine(context.TempDirectory, "scratch"), "x");
        Console.WriteLine($"the token is {token?.Reveal()}");
        if (number == 2) await EndAsync(context, cancel);
        return new Place(Environment.ProcessId, Environment.GetEnvironmentVariable("FLAVOUR") ?? "none", token is null ? "" : $"{token.Reveal().Length} letters", Notes.ReadAllText().Trim(), numbers.Sum(), context.TaskName, context.Attempt);
    }

    [Step] public string Report([Gather(nameof(Apart))] IReadOnlyList<Place> places, int driver) =>
        $"{places.Select(place => place.Process).Append(driver).Distinct().Count()} processes";

    private async Task EndAsync(StepContext context, CancellationToken cancel)
    {
        switch (Ending)
        {
            case "throw": throw new ArgumentException("not like this");
            case "once" when context.Attempt == 1: throw new InvalidOperationException("the first one fails");
            case "permanent": throw new PermanentFailureException("never again");
            case "exit": Environment.Exit(3); break;
            case "lost" when context.Attempt == 3: throw new InvalidOperationException("the third one fails");
            case "lost" when context.Attempt > 3: break;
            case "lost" or "crash": Process.GetCurrentProcess().Kill(); await Task.Delay(Timeout.Infinite, CancellationToken.None); break;
            case "hang":
                using (var child = Process.Start("sleep", "600"))
                {
                    Console.WriteLine($"child {child.Id} of {Environment.ProcessId}");
                    Thread.Sleep(Timeout.Infinite);
                }

                break;
            case "wait":
                Console.WriteLine($"waiting in {Environment.ProcessId}");
                await Task.Delay(Timeout.Infinite, cancel);
                break;
        }
    }
}
