namespace Generator.Tests.Support;

/// <summary>Flows that several tests use.</summary>
internal static class Programs
{
    /// <summary>The flow of the README: parameters, tuples, foreach, gather, policies, services.</summary>
    public const string Churn = """
        namespace Shop;

        public sealed record Settings(int Trees);

        public sealed record Candidate(int Trees, double Auc);

        public enum Verdict { Reject, Ship }

        /// <summary>Trains churn models and
        /// keeps the <c>best</c> one.
        ///
        /// More about it.</summary>
        [Flow]
        public partial class ChurnFlow
        {
            /// <summary>Share of rows held back for testing.</summary>
            [Parameter, Range(0.05, 0.5)] public double TestShare { get; init; } = 0.2;

            [Parameter] public required string Customers { get; init; }

            [Parameter, AllowedValues(1, 2, 3)] public int? Depth { get; set; }

            [Step(Makes = "table")] private double[] Load() => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

            /// <summary>Splits the table.</summary>
            [Step] public (double[] train, double[] test) Split(double[] table)
            {
                var rows = (int)(table.Length * TestShare);
                return (table[rows..], table[..rows]);
            }

            [Step] internal static Settings[] Grid() => [new(20), new(50), new(100)];

            [Step, Retry(2, Backoff = "1m30s"), Timeout("10m")]
            public async Task<Candidate> FitAsync([ForEach(nameof(Grid), MaxParallel = 2)] Settings settings, double[] train, double[] test, CancellationToken cancel)
            {
                await Task.Delay(0, cancel);
                return new(settings.Trees, settings.Trees / (train.Length + test.Length * 2.0));
            }

            [Step] public Candidate Best([Gather(nameof(FitAsync))] IReadOnlyList<Candidate> candidates) => candidates.MaxBy(c => c.Auc)!;

            [Step] public Verdict Assess(Candidate best, string customers) => best.Auc > 0.8 && customers.Length > 0 ? Verdict.Ship : Verdict.Reject;

            [Step, After(nameof(Assess))] protected ValueTask Publish(Candidate best, StepContext context, ILogger logger)
            {
                logger.LogInformation("{Trees} trees in {Task}", best.Trees, context.TaskName);
                return default;
            }
        }
        """;
}
