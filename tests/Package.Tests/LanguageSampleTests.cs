using System.Globalization;
using System.Text.Json;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>The samples of the language, as a person runs them. What they compute is computed here once more, in another way.</summary>
public sealed class LanguageSampleTests(PackedFeed feed)
{
    private static readonly string[][] Penguins = [.. Rows("CrossValidation/penguins.csv")];

    [Fact]
    public void Programs_OfAllSamples_HaveFewerThan80Lines() =>
        Assert.All(Directory.EnumerateFiles(Repository.PathOf("samples"), "Program.cs", SearchOption.AllDirectories), program => Assert.InRange(File.ReadLines(program).Count(), 1, 79));

    [Fact]
    public async Task CrossValidation_Run_AveragesTheFoldsOfEachSetting()
    {
        var artifacts = await new Sample(feed, "CrossValidation").RunAsync();

        var birds = Penguins.Where(fields => fields[2..6].All(field => field.Length > 0)).ToArray();
        int[] settings = [1, 3, 9, 27];
        for (var i = 0; i < settings.Length; i++)
        {
            var scores = Accuracies(birds, settings[i], folds: 5);
            for (var fold = 0; fold < 5; fold++) Assert.Equal(scores[fold], artifacts[$"score[{i},{fold}]/score"].GetDouble(), 12);
            Assert.Equal(scores.Sum() / 5, artifacts[$"average[{i}]/average"].GetProperty("Accuracy").GetDouble(), 12);
        }

        Assert.Equal(3, artifacts["best/best"].GetProperty("Neighbours").GetInt32());
    }

    [Theory]
    [InlineData("1.5", "repeat", "keep")]
    [InlineData("10", "keep", "repeat")]
    public async Task Branches_Run_TakesTheBranchThatRan(string tolerance, string runs, string isSkipped)
    {
        var sample = new Sample(feed, "Branches");
        var artifacts = await sample.RunAsync("--tolerance", tolerance);

        Assert.Equal(("succeeded", "skipped"), (await sample.TaskStatusAsync(runs), await sample.TaskStatusAsync(isSkipped)));
        var species = Penguins.Where(fields => fields[5].Length > 0).GroupBy(fields => fields[0], fields => double.Parse(fields[5], CultureInfo.InvariantCulture)).ToDictionary(group => group.Key, group => group.ToList());
        var most = species.Values.Max(weights => weights.Count);
        foreach (var average in artifacts["weigh/weigh"].EnumerateArray())
        {
            var weights = species[average.GetProperty("Species").GetString()!];
            if (runs == "repeat") weights = [.. weights, .. Enumerable.Repeat(weights, most / weights.Count).SelectMany(again => again).Take(most - weights.Count)];
            Assert.Equal(weights.Count, average.GetProperty("Count").GetInt32());
            Assert.Equal(weights.Sum() / weights.Count, average.GetProperty("Grams").GetDouble(), 9);
        }
    }

    [Fact]
    public async Task Training_Run_ConvergesToTheMaximumOfTheLikelihood()
    {
        var artifacts = await new Sample(feed, "Training").RunAsync();

        var epochs = artifacts.Where(artifact => artifact.Key.StartsWith("train#", StringComparison.Ordinal)).Select(artifact => artifact.Value).OrderBy(model => model.GetProperty("Epoch").GetInt32()).ToList();
        var losses = epochs.ConvertAll(model => model.GetProperty("Loss").GetDouble());
        Assert.InRange(epochs.Count, 100, 4_999);
        Assert.All(losses.Zip(losses.Skip(1)).SkipLast(1), pair => Assert.True(pair.First - pair.Second > 1e-8, "An epoch before the last one gained nothing."));
        Assert.True(losses[^2] - losses[^1] <= 1e-8, "The last epoch still gained something.");

        var birds = Rows("Training/penguins.csv").Where(fields => fields[6] is "MALE" or "FEMALE").ToList();
        var (mass, depth) = (Standard(birds.ConvertAll(fields => fields[5])), Standard(birds.ConvertAll(fields => fields[3])));
        var best = Newton([.. mass.Select((m, i) => new[] { m, depth[i], 1 })], birds.ConvertAll(fields => fields[6] == "MALE" ? 1.0 : 0));
        string[] names = ["Mass", "Depth", "Bias"];
        for (var i = 0; i < 3; i++) Assert.Equal(best[i], epochs[^1].GetProperty(names[i]).GetDouble(), 0.02);
        Assert.InRange(artifacts["accuracy/accuracy"].GetDouble(), 0.88, 0.92);
    }

    [Fact]
    public async Task SubFlows_Run_FitsALineForEachIsland()
    {
        var artifacts = await new Sample(feed, "SubFlows").RunAsync();

        var islands = Rows("SubFlows/penguins.csv").Where(fields => fields[4].Length > 0).GroupBy(fields => fields[1], fields => (X: double.Parse(fields[4], CultureInfo.InvariantCulture), Y: double.Parse(fields[5], CultureInfo.InvariantCulture)))
            .OrderBy(island => island.Key, StringComparer.Ordinal).Select(island => island.ToList()).ToList();
        Assert.Equal(3, islands.Count);
        for (var i = 0; i < 3; i++)
        {
            // The slope is the covariance through the variance, both from raw moments.
            var (birds, n) = (islands[i], (double)islands[i].Count);
            var slope = (birds.Sum(bird => bird.X * bird.Y) - birds.Sum(bird => bird.X) * birds.Sum(bird => bird.Y) / n) / (birds.Sum(bird => bird.X * bird.X) - Math.Pow(birds.Sum(bird => bird.X), 2) / n);
            Assert.Equal(slope, artifacts[$"fit[{i}]/fit.line"].GetProperty("Slope").GetDouble(), 6);
            Assert.Equal(artifacts[$"fit[{i}]/regress/line"].GetProperty("Slope").GetDouble(), artifacts[$"fit[{i}]/fit.line"].GetProperty("Slope").GetDouble());
            Assert.Equal(Enumerable.Range(0, 5).Sum(part => artifacts[$"fit[{i}]/test[{part}]/test"].GetDouble()) / n, artifacts[$"fit[{i}]/fit.error"].GetDouble(), 9);
            Assert.InRange(artifacts[$"fit[{i}]/fit.error"].GetDouble(), 250, 400);
        }
    }

    [Fact]
    public async Task Flaky_Run_AveragesWhatCameThroughAndTellsWhatIsMissing()
    {
        var sample = new Sample(feed, "Flaky");
        var artifacts = await sample.RunAsync();

        var deliveries = Rows("Flaky/diamonds.csv").Select(fields => double.Parse(fields[2], CultureInfo.InvariantCulture)).Chunk(50).ToList();
        var good = deliveries.Where((_, number) => number % 9 != 8).SelectMany(prices => prices).ToList();
        Assert.Equal(good.Sum() / good.Count, artifacts["average/average"].GetDouble(), 9);
        int[] broken = [8, 17, 26, 35];
        Assert.Equal(broken.Select(number => $"add[{number}] failed: '0.5,Ideal' is no diamond."), artifacts["complaints/complaints"].EnumerateArray().Select(complaint => complaint.GetString()!));

        var tasks = (await sample.StatusAsync()).GetProperty("tasks").EnumerateArray().ToDictionary(task => task.GetProperty("task").GetString()!);
        Assert.All(Enumerable.Range(0, deliveries.Count), number =>
        {
            Assert.Equal(number % 3 == 0 ? 2 : 1, tasks[$"fetch[{number}]"].GetProperty("attempts").GetInt32());
            Assert.Equal(broken.Contains(number) ? "failed" : "succeeded", tasks[$"add[{number}]"].GetProperty("status").GetString());
        });
    }

    [Fact]
    public async Task Flaky_TooManyBroken_FailsAndSaysWhy()
    {
        var failed = await new Sample(feed, "Flaky").CallAsync("run", "--broken-every", "2");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("Only 20 of 40 tasks that make 'add' succeeded; step 'average' asks for 80% (MinSuccess).", failed.Error, StringComparison.Ordinal);
    }

    /// <summary>Nearest neighbours by voting in order of distance, fold after fold of the order that the sample shuffles.</summary>
    private static double[] Accuracies(string[][] birds, int neighbours, int folds)
    {
        double[][] points = [.. birds.Select(fields => fields[2..6].Select((field, i) => double.Parse(field, CultureInfo.InvariantCulture) / (i == 3 ? 100 : 1)).ToArray())];
        int[] order = [.. Enumerable.Range(0, birds.Length)];
        new Random(neighbours).Shuffle(order);
        var size = (birds.Length + folds - 1) / folds;
        var accuracies = new double[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            var (from, to) = (fold * size, Math.Min((fold + 1) * size, birds.Length));
            int[] held = order[from..to], train = [.. Enumerable.Range(0, birds.Length).Except(held)];
            var right = 0;
            foreach (var bird in held)
            {
                var votes = new Dictionary<string, int>();
                var winner = "";
                var nearest = train.OrderBy(other => points[bird].Zip(points[other], (a, b) => (a - b) * (a - b)).Sum()).Take(neighbours).Select(other => birds[other][0]).ToList();
                foreach (var vote in nearest) votes[vote] = votes.GetValueOrDefault(vote) + 1;
                foreach (var vote in nearest)
                    if (winner.Length == 0 || votes[vote] > votes[winner]) winner = vote;
                if (winner == birds[bird][0]) right++;
            }
            accuracies[fold] = (double)right / held.Length;
        }
        return accuracies;
    }

    /// <summary>Newton's method for logistic regression: ten iterations are plenty.</summary>
    private static double[] Newton(double[][] rows, List<double> labels)
    {
        var weights = new double[3];
        for (var iteration = 0; iteration < 10; iteration++)
        {
            var (hessian, gradient) = (new double[3, 3], new double[3]);
            for (var r = 0; r < rows.Length; r++)
            {
                var p = 1 / (1 + Math.Exp(-(weights[0] * rows[r][0] + weights[1] * rows[r][1] + weights[2] * rows[r][2])));
                for (var i = 0; i < 3; i++)
                {
                    gradient[i] += (labels[r] - p) * rows[r][i];
                    for (var j = 0; j < 3; j++) hessian[i, j] += p * (1 - p) * rows[r][i] * rows[r][j];
                }
            }
            for (var i = 0; i < 3; i++) weights[i] += Determinant(hessian, gradient, i) / Determinant(hessian, gradient, -1);
        }
        return weights;
    }

    /// <summary>Of a matrix of three by three, after Cramer with a column replaced.</summary>
    private static double Determinant(double[,] matrix, double[] column, int replaced)
    {
        double At(int row, int c) => c == replaced ? column[row] : matrix[row, c];
        return At(0, 0) * (At(1, 1) * At(2, 2) - At(1, 2) * At(2, 1)) - At(0, 1) * (At(1, 0) * At(2, 2) - At(1, 2) * At(2, 0)) + At(0, 2) * (At(1, 0) * At(2, 1) - At(1, 1) * At(2, 0));
    }

    private static double[] Standard(List<string> texts)
    {
        double[] values = [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        var mean = values.Sum() / values.Length;
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        return [.. values.Select(value => (value - mean) / deviation)];
    }

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(Repository.PathOf("samples/" + file)).Skip(1).Select(line => line.Split(','));

    /// <summary>One sample with a store of its own.</summary>
    private sealed class Sample(PackedFeed feed, string name)
    {
        private readonly string _store = feed.NewFolder($"{name}-{Guid.NewGuid():n}");

        public Task<ToolResult> CallAsync(params string[] arguments) =>
            Tool.RunAsync("dotnet", Repository.Root, ["run", "--project", $"samples/{name}", "-c", Repository.Configuration, "--no-build", "--", .. arguments], _store);

        /// <summary>Runs it; gives its artifacts by task and name.</summary>
        public async Task<Dictionary<string, JsonElement>> RunAsync(params string[] arguments)
        {
            (await CallAsync(["run", .. arguments])).MustSucceed();
            return (await CallAsync("dump", "latest", "--json")).Json().GetProperty("artifacts").EnumerateArray()
                .ToDictionary(artifact => $"{artifact.GetProperty("task").GetString()}/{artifact.GetProperty("name").GetString()}", artifact => artifact.GetProperty("value"));
        }

        public async Task<JsonElement> StatusAsync() => (await CallAsync("status", "latest", "--json")).Json();

        public async Task<string?> TaskStatusAsync(string name) =>
            (await StatusAsync()).GetProperty("tasks").EnumerateArray().Single(task => task.GetProperty("task").GetString() == name).GetProperty("status").GetString();
    }
}
