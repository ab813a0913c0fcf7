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

    /// <summary>Collections inside one another and crossed with another: every way to iterate and to gather.</summary>
    public const string Sales = """
        public sealed record Store(string Name, int Days);

        /// <summary>Scores each day of each store with each setting.</summary>
        [Flow]
        public partial class SalesFlow
        {
            [Parameter] public int[] Settings { get; init; } = [10, 20];
            [Step] public Store[] Stores() => [new("a", 2), new("b", 0), new("c", 3)];
            [Step] public int[] Days([ForEach(nameof(Stores), Label = nameof(Store.Name))] Store store) => [.. Enumerable.Range(1, store.Days)];
            [Step] public string Score([ForEach(nameof(Settings), MaxParallel = 4)] int setting, [ForEach(nameof(Days), MaxParallel = 2)] int day, [ForEach(nameof(Stores))] Store store) => $"{setting}{store.Name}{day}";
            [Step] public string Twice(string score, int[] days) => $"{score}/{days.Length}";
            [Step] public string OfStore([Gather(nameof(Score), Over = nameof(Days))] IReadOnlyList<string> scores) => string.Join("+", scores);
            [Step] public string OfSetting([Gather(nameof(Score), Over = "stores")] string[] scores) => string.Join("+", scores);
            [Step] public string OfDay([Gather(nameof(Score), Over = "SETTINGS")] ImmutableArray<string> scores) => string.Join("+", scores);
            [Step] public int All([Gather(nameof(OfStore))] IReadOnlyList<string> stores) => stores.Count;
            [Step] public string Checked(Outcome<string> score) => $"{score}";
            [Step] public int Counted([Gather(nameof(Checked), Over = nameof(Stores), MinSuccess = 0.5)] IAsyncEnumerable<Item<string>> items) => 1;
        }
        """;

    /// <summary>Everything that an input and the items of a gather can come in.</summary>
    public const string Shapes = """
        public sealed record Named(string Name, double Size);
        public sealed record Sized(string Name, double Size);

        [Flow]
        public partial class ShapesFlow
        {
            [Parameter] public int Fixed { get; init; } = 1;
            [Step] public int Number() => 7;
            [Step] public string Word() => "word";
            [Step] public string? Text() => "seven";
            [Step] public int[] Numbers() => [1, 2, 3];
            [Step] public int Squared([ForEach(nameof(Numbers))] int number) => number * number;
            [Step] public string Spelled([ForEach(nameof(Numbers))] int number) => $"n{number}";
            [Step] public async Task<string> Plain([From(nameof(Number))] int? a, [From(nameof(Number))] Optional<int> b, [From(nameof(Number))] Outcome<int> c,
                [From(nameof(Number))] Artifact<int> d, [From(nameof(Fixed))] int? e, [From(nameof(Word))] object? f, [From(nameof(Word))] Outcome<object> g, string? text) =>
                $"{a} {b.Value} {c.Value} {await d.GetAsync()} {d.Name} {e} {f} {g.Value} {text}";
            [Step] public string Gathered([Gather(nameof(Squared))] IReadOnlyList<int> a, [Gather(nameof(Squared))] int?[] b, [Gather(nameof(Squared))] ImmutableArray<Optional<int>> c,
                [Gather(nameof(Squared))] Outcome<int>[] d, [Gather(nameof(Squared))] IReadOnlyList<Artifact<int>> e, [Gather(nameof(Squared), MinSuccess = 0.75)] IReadOnlyList<Item<int>> f,
                [Gather(nameof(Spelled))] IReadOnlyList<Outcome<object>> g, [Gather(nameof(Spelled))] IReadOnlyList<object?> h) =>
                $"{string.Join(',', a)} {string.Join(',', b)} {string.Join(',', c)} {string.Join(',', d.Select(o => o.Value))} {e[2].Name} {string.Join(',', f.Select(i => $"{i.Index[0]}:{i.Value}"))} {string.Join(',', g.Select(o => o.Value))} {string.Join(',', h)}";
            [Step] public async Task<string> Streamed([Gather(nameof(Squared))] IAsyncEnumerable<Item<int>> a, [Gather(nameof(Squared))] IAsyncEnumerable<int> b, [Gather(nameof(Squared))] IAsyncEnumerable<Outcome<int>> c)
            {
                var (items, values, outcomes) = (new List<string>(), new List<int>(), new List<int>());
                await foreach (var item in a) items.Add($"{item.Index[0]}:{item.Value}");
                await foreach (var value in b) values.Add(value);
                await foreach (var outcome in c) outcomes.Add(outcome.Value);
                return $"{string.Join(',', items)} {string.Join(',', values)} {string.Join(',', outcomes)}";
            }
            [Step] public Named[] Names() => [];
            [Step] public int Name([ForEach(nameof(Names), Label = nameof(Named.Name))] Named item) => 1;
            [Step] public Sized?[] Sizes() => [];
            [Step] public int Size([ForEach(nameof(Sizes), Label = nameof(Sized.Size))] Sized? item) => 1;
        }
        """;

    /// <summary>Choices inside choices, alternatives, a loop, failures as data and clean-up.</summary>
    public const string Release = """
        public enum Verdict { Reject, Hold, Ship }

        public sealed record Model(int Round, double Loss);

        [Flow]
        public partial class ReleaseFlow
        {
            [Parameter] public string Region { get; init; } = "eu";
            [Parameter] public double Goal { get; init; } = 0.2;
            [Step] public static string[] Urls() => ["a", "b"];
            [Step] public static int Fetch([ForEach(nameof(Urls))] string url) => url.Length;
            [Step] public static int Total([Gather(nameof(Fetch), MinSuccess = 0.5)] int[] sizes) => sizes.Sum();
            [Step] public static Model Start(int total) => new(0, total);
            [Step, Loop(nameof(KeepGoing), Max = 20, StopAtMax = true)] public static Model Improve([Carry(nameof(Start))] Model model) => new(model.Round + 1, model.Loss / 2);
            private bool KeepGoing(Model model) => model.Loss > Goal;
            [Step] public static Verdict Assess(Model improve) => improve.Loss < 0.3 ? Verdict.Ship : Verdict.Hold;
            [Step, When(nameof(Assess), Verdict.Ship)] public static bool IsPublic() => true;
            [Step, When(nameof(IsPublic))] public static string Publish(Model improve) => $"public {improve.Round}";
            [Step, Otherwise(nameof(IsPublic))] public static string Share(Model improve) => $"shared {improve.Round}";
            [Step, When(nameof(Assess), Verdict.Hold, Verdict.Reject)] public static string Explain() => "not good";
            [Step, When(nameof(Region), "eu")] public static string Notify(string? publish) => publish ?? "nothing";
            [Step] public static string Report([OneOf(nameof(Publish), nameof(Share), nameof(Explain))] string what, Optional<string> notify) => $"{what}, told {notify.Or("nobody")}";
            [Step, After(nameof(Fetch), Always = true), After(nameof(Report))] public static void Clean() { }
        }
        """;
}
