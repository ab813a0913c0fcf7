using FlowGen;

namespace EndToEnd.Flows;

public enum Verdict { Reject, Hold, Ship }

/// <summary>Takes each way that choices, loops and failures as data offer.</summary>
[Flow]
public partial class ReleaseFlow
{
    /// <summary>Pages that cannot be fetched.</summary>
    [Parameter] public string[] Broken { get; init; } = [];

    /// <summary>Loss that is good enough.</summary>
    [Parameter] public double Goal { get; init; } = 0.2;

    /// <summary>Whether everybody may have it.</summary>
    [Parameter] public bool Public { get; init; }

    [Step] public static string[] Pages() => ["a", "b", "c", "d"];

    [Step] public string Fetch([ForEach(nameof(Pages))] string page) => Broken.Contains(page) ? throw new InvalidOperationException($"no page {page}") : page;

    [Step] public static int Parse(string fetch) => fetch[0];

    [Step] public static string Total([Gather(nameof(Parse), MinSuccess = 0.5)] int[] parsed) => $"{parsed.Length} pages";

    [Step] public static string Errors([Gather(nameof(Parse))] IReadOnlyList<Outcome<int>> parsed) =>
        string.Join(", ", parsed.Where(outcome => !outcome.Succeeded).Select(outcome => outcome.Error!.Task));

    [Step] public static double Start() => 1;

    [Step, Loop(nameof(KeepGoing), Max = 4)]
    public static (int round, double loss) Improve([Carry(nameof(Start))] double loss, StepContext context) => (context.Attempt, loss / 2);

    private bool KeepGoing(double loss) => loss > Goal;

    [Step] public static Verdict Assess(double loss) => loss < 0.3 ? Verdict.Ship : Verdict.Hold;

    [Step, When(nameof(Assess), Verdict.Ship)] public bool IsPublic() => Public;

    [Step, When(nameof(IsPublic))] public static string Publish(double loss) => $"published {loss}";

    [Step, Otherwise(nameof(IsPublic))] public static string Share(double loss) => $"shared {loss}";

    [Step, Otherwise(nameof(Assess))] public static string Explain(double loss) => $"{loss} is too much";

    [Step] public static string Announce(string publish) => $"announced: {publish}";

    [Step]
    public static string Report([OneOf(nameof(Publish), nameof(Share), nameof(Explain))] string outcome, Optional<string> announce, string? publish) =>
        $"{outcome}; {announce.Or("not announced")}; {publish ?? "not published"}";

    [Step] public static bool IsEven([ForEach(nameof(Pages))] string page) => page[0] % 2 == 0;

    [Step, When(nameof(IsEven))] public static string Even([ForEach(nameof(Pages))] string page) => page;

    [Step] public static string Evens([Gather(nameof(Even))] IReadOnlyList<Item<string>> even) => string.Join(" ", even.Select(item => $"{item.Value}{item.Index[0]}"));
}
