using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlowGen.CommandLine;

/// <summary>JSON on standard output: indented, times in UTC, text as it is.</summary>
internal static class JsonOutput
{
    // Output is for programs and terminals, never for a web page, so only JSON's own escapes (which cover control characters) are needed.
    /// <summary>Writers of long documents flush when so much is pending. Shorter ones appear whole or not at all.</summary>
    public const int FlushAt = 1024 * 1024;

    public static JsonWriterOptions OptionsFor(bool isIndented) => new() { Indented = isIndented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(Stream output, Func<Utf8JsonWriter, Task> write)
    {
        var json = new Utf8JsonWriter(output, OptionsFor(isIndented: true));
        await using (json.ConfigureAwait(false))
        {
            try
            {
                await write(json).ConfigureAwait(false);
            }
            catch
            {
                // What was not sent yet is better not sent: half a document helps nobody.
                json.Reset();
                throw;
            }

            await json.FlushAsync().ConfigureAwait(false);
        }

        output.WriteByte((byte)'\n');
        await output.FlushAsync().ConfigureAwait(false);
    }

    public static Task WriteAsync(Stream output, Action<Utf8JsonWriter> write) => WriteAsync(output, json =>
    {
        write(json);
        return Task.CompletedTask;
    });

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known) json.WriteString(name, known.UtcDateTime);
        else json.WriteNull(name);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
