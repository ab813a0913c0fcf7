using System.Collections.Immutable;
using System.IO.Compression;
using Microsoft.ML;

namespace Penguins;

/// <summary>A trained ML.NET model as an artifact: the bytes of the file that ML.NET would write.</summary>
public sealed record Model(ImmutableArray<byte> Zip)
{
    public static Model Save(MLContext ml, ITransformer model, DataViewSchema input)
    {
        using var zip = new MemoryStream();
        ml.Model.Save(model, input, zip);
        // ML.NET writes the time of day into the file; without it equal models are equal artifacts.
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var entry in archive.Entries) entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new([.. zip.ToArray()]);
    }

    public ITransformer Load(MLContext ml)
    {
        using var zip = new MemoryStream([.. Zip]);
        return ml.Model.Load(zip, out _);
    }

    /// <summary>The species that the model believes in, one for each penguin.</summary>
    public IEnumerable<string> Predict(IEnumerable<Penguin> penguins)
    {
        var ml = new MLContext();
        var predicted = Load(ml).Transform(ml.Data.LoadFromEnumerable(penguins));
        return ml.Data.CreateEnumerable<Prediction>(predicted, reuseRowObject: false).Select(p => p.PredictedLabel);
    }
}

/// <summary>What ML.NET fills in.</summary>
internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";
}
