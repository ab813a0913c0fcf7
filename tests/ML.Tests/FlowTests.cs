using FlowGen.ML;
using FlowGen.Testing;
using ML.Tests.Support;

namespace ML.Tests;

/// <summary>The generator finds the codecs of the package by itself.</summary>
public sealed class FlowTests
{
    [Fact]
    public async Task RunAsync_FlowOfModels_StoresAndReadsThem()
    {
        var test = new FlowTest();

        var run = await new SpeciesFlow().RunAsync(test);

        Assert.All(await run.Judge, accuracy => Assert.InRange(accuracy, 0.95, 1));
        Assert.Equal($"True {Penguin.View.Schema.Count + 1} 8", await run.Describe);
        var model = (await run.Fit.ToListAsync())[1];
        Assert.Equal("Adelie", model.CreatePredictionEngine<Penguin, Guess>().Predict(Penguin.All[0]).PredictedLabel);
        Assert.Equal(View.Describe(Penguin.View), View.Describe(await run.Birds));
        Assert.IsType<OnnxModel>(await run.Export);
        test.AssertSucceeded("fit", "judge", "describe");
    }
}
