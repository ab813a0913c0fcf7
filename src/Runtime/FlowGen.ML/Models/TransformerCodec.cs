using System.IO.Compression;
using MessagePack;
using Microsoft.ML;

namespace FlowGen.ML;

/// <summary>
/// A model of ML.NET: the parts of the file that ML.NET would write, by name, without the times and the compression of that file. So equal models are equal artifacts.
/// </summary>
public readonly struct TransformerCodec : ICodec<ITransformer>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ITransformer value)
    {
        using var file = new MemoryStream();
        new MLContext().Model.Save(value, null, file);
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        // The file names folders as its writer's system does.
        var parts = archive.Entries.Select(entry => (Name: entry.FullName.Replace('\\', '/'), Entry: entry)).OrderBy(part => part.Name, StringComparer.Ordinal).ToList();
        writer.WriteMapHeader(parts.Count);
        foreach (var (name, entry) in parts)
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            writer.Write(name);
            writer.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
    }

    /// <inheritdoc/>
    public static ITransformer Read(ref MessagePackReader reader)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var left = reader.ReadMapHeader(); left > 0; left--)
            {
                var name = reader.ReadString() ?? throw new ArtifactFormatException("A part of a model has no name.");
                using var content = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                foreach (var piece in reader.ReadBytes() ?? throw new ArtifactFormatException($"The part '{name}' of a model is empty.")) content.Write(piece.Span);
            }
        }

        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }
}
