using System.Text.Json;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody adds FlowGen.ML to a project: models, views and ONNX files go from one process to another.</summary>
public sealed class MLPackageTests(PackedFeed feed)
{
    private const string Program = """
        using FlowGen;
        using FlowGen.ML;
        using Microsoft.ML;

        return await FlowApp.RunAsync<PenguinFlow>(args);

        [Flow]
        public partial class PenguinFlow
        {
            [Parameter] public InputFile Data { get; init; } = "penguins.csv";

            [Step(Makes = "birds")]
            public IDataView Load() => new MLContext().Data.LoadFromEnumerable(Data.ReadLines().Skip(1).Select(line => line.Split(',')).Where(fields => fields[4].Length > 0)
                .Select(fields => new Penguin { Species = fields[0], FlipperLength = float.Parse(fields[4]), BodyMass = float.Parse(fields[5]) }).ToList());

            [Step]
            public static (TrainedModel model, float[] scores) Fit(IDataView birds)
            {
                var ml = new MLContext(seed: 1);
                var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Species")
                    .Append(ml.Transforms.Concatenate("Features", "FlipperLength", "BodyMass"))
                    .Append(ml.Transforms.NormalizeMinMax("Features"))
                    .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new() { NumberOfThreads = 1 }));
                TrainedModel model = (pipeline.Fit(birds), birds.Schema);
                return (model, Scores(model, birds));
            }

            [Step] public static OnnxModel Export() => new([8, 8, 58, 0]);

            // Fails in the first process, and in the second one has only what was stored.
            [Step]
            public static (bool isSame, int judgedBy, double accuracy) Judge(TrainedModel model, IDataView birds, float[] scores, OnnxModel export) => !File.Exists("ready")
                ? throw new InvalidOperationException("not yet")
                : (Scores(model, birds).SequenceEqual(scores) && export.IrVersion == 8, Environment.ProcessId, new MLContext().MulticlassClassification.Evaluate(model.Transform(birds)).MicroAccuracy);

            [Step(Makes = "loadedBy")] public static int Note(IDataView birds) => Environment.ProcessId;

            private static float[] Scores(TrainedModel model, IDataView birds) =>
                [.. new MLContext().Data.CreateEnumerable<Guess>(model.Transform(birds), reuseRowObject: false).SelectMany(guess => guess.Score)];
        }

        public sealed class Penguin
        {
            public string Species { get; set; } = "";
            public float FlipperLength { get; set; }
            public float BodyMass { get; set; }
        }

        public sealed class Guess
        {
            public float[] Score { get; set; } = [];
        }
        """;

    [Fact]
    public async Task Resume_InAnotherProcess_PredictsTheSame()
    {
        var project = new ConsoleProject(feed, "PenguinModels", package: "FlowGen.ML");
        project.Write("Program.cs", Program);
        File.Copy(Repository.PathOf("samples/Penguins/penguins.csv"), Path.Combine(project.Folder, "penguins.csv"));
        Assert.DoesNotContain(": warning ", (await project.BuildAsync()).MustSucceed().Output, StringComparison.Ordinal);

        (await project.RunAsync("run")).MustFail();
        var first = await ArtifactsAsync(project);
        project.Write("ready", "");
        (await project.RunAsync("resume", "latest")).MustSucceed();

        var second = await ArtifactsAsync(project);
        Assert.True(Value(second, "isSame").GetBoolean(), "The stored model predicts something else.");
        Assert.NotEqual(Value(second, "loadedBy").GetInt32(), Value(second, "judgedBy").GetInt32());
        Assert.InRange(Value(second, "accuracy").GetDouble(), 0.7, 1);
        string[] names = ["birds", "model", "scores", "export"];
        Assert.All(names, name => Assert.Equal(first[name].GetProperty("hash").GetString(), second[name].GetProperty("hash").GetString()));

        // Trained once more, at another time and in another process: the same models.
        (await project.RunAsync("run")).MustSucceed();
        var third = await ArtifactsAsync(project);
        Assert.All(names, name => Assert.Equal(first[name].GetProperty("hash").GetString(), third[name].GetProperty("hash").GetString()));

        // What dump shows is a description.
        var shown = Value(first, "model").ToString();
        Assert.Contains("FlipperLength", shown, StringComparison.Ordinal);
        Assert.Contains("Model.key", shown, StringComparison.Ordinal);
        Assert.Equal(342, Value(first, "birds").GetProperty("rows").GetInt32());
    }

    private static JsonElement Value(Dictionary<string, JsonElement> artifacts, string name) => artifacts[name].GetProperty("value");

    private static async Task<Dictionary<string, JsonElement>> ArtifactsAsync(ConsoleProject project) =>
        (await project.RunAsync("dump", "latest", "--json")).Json().GetProperty("artifacts").EnumerateArray().ToDictionary(artifact => artifact.GetProperty("name").GetString()!);
}
