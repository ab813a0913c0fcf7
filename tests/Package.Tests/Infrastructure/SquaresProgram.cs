namespace Package.Tests.Infrastructure;

/// <summary>A right program with a foreach and a gather.</summary>
internal static class SquaresProgram
{
    public const string Text = """
        using FlowGen;

        return await FlowApp.RunAsync<SquaresFlow>(args);

        /// <summary>Adds up squares.</summary>
        [Flow]
        public partial class SquaresFlow
        {
            /// <summary>How many numbers.</summary>
            [Parameter] public int Count { get; init; } = 4;

            [Step] public int[] Numbers() => [.. Enumerable.Range(1, Count)];

            [Step] public static int Square([ForEach(nameof(Numbers))] int number) => number * number;

            [Step] public static int Sum([Gather(nameof(Square))] IReadOnlyList<int> squares) => squares.Sum();
        }
        """;
}
