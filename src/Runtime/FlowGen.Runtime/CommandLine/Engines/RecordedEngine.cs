using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>
/// The engine, its settings and what jobs start, as one argument: how a schedule hands on to <c>submit</c> what <c>deploy</c> was told, with the contents of files that the machines of the engine do not see.
/// </summary>
internal static class RecordedEngine
{
    public const string Option = "--recorded";

    public static string Write(RunSubmitted submission)
    {
        var output = new ArrayBufferWriter<byte>();
        // It is read by people too, in manifests.
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("engine", submission.Engine);
            json.WriteString("program", submission.Program);
            json.WriteStartObject("settings");
            foreach (var (name, value) in submission.Settings) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <exception cref="FlowException">FG1314: it was not written by this program.</exception>
    public static RunSubmitted Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var settings = root.GetProperty("settings").EnumerateObject().ToImmutableSortedDictionary(static pair => pair.Name, static pair => pair.Value.GetString()!, StringComparer.Ordinal);
            return new RunSubmitted(root.GetProperty("engine").GetString()!, settings, root.GetProperty("program").GetString()!, HasDriverJob: true, ImmutableSortedDictionary<string, string>.Empty);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FlowException(DeployedFlow.DoesNotFit, $"Option {Option} is for schedules that 'deploy' made, and this text is not what it writes: {e.Message}", ExitCodes.Usage, e);
        }
    }
}
