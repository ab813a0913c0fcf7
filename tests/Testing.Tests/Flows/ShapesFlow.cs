using System.Collections.Immutable;
using FlowGen;
using Microsoft.Extensions.Logging;

namespace Testing.Tests.Flows;

/// <summary>Takes inputs in every shape there is. What the steps do is of no matter: tests put others in their places.</summary>
[Flow]
public partial class ShapesFlow
{
    [Parameter] public int[] Numbers { get; init; } = [3, 4];

    [Parameter] public bool IsOdd { get; init; }

    [Parameter] public InputFile File { get; init; } = "no such file";

    [Step] public static string Square([ForEach(nameof(Numbers))] int number) => $"{number * number}";

    [Step, When(nameof(IsOdd))] public static int Odd() => 1;

    [Step, When(nameof(IsOdd), false)] public static int Even() => 2;

    [Step] public static string Plain(InputFile file, int[] numbers, ILogger logger, StepContext context) => "";

    [Step] public static string Missing(int? odd, [From(nameof(Even))] Optional<int> even) => "";

    [Step] public static string Either([OneOf(nameof(Odd), nameof(Even))] int parity) => "";

    [Step] public static async ValueTask<string> HandleAsync(Artifact<string> plain) => await plain.GetAsync();

    [Step] public static string Accept([From(nameof(Plain))] Outcome<string> plain) => "";

    [Step] public static string Arrays([Gather(nameof(Square))] string[] array, [Gather(nameof(Square))] ImmutableArray<string> immutable, [Gather(nameof(Square))] IReadOnlyList<string> list) => "";

    [Step] public static string Wrapped([Gather(nameof(Square))] IReadOnlyList<Item<string>> items, [Gather(nameof(Square))] IReadOnlyList<Outcome<string>> outcomes) => "";

    [Step]
    public static async Task<string> StreamedAsync([Gather(nameof(Square))] IAsyncEnumerable<string> squares)
    {
        await foreach (var _ in squares) return "";
        return "";
    }

    [Step, Loop(nameof(IsSmall), Max = 10)] public static int Grow([Carry(nameof(Start))] int size) => size + 1;

    [Step] public static int Start() => 0;

    [Step] public static void End(int grow) { }

    private static bool IsSmall(int size) => size < 3;
}
