namespace FlowGen.CommandLine;

internal sealed class FindVerb : Verb
{
    private const int DefaultLimit = 20, MinDigits = 8;

    public override string Name => "find";
    public override string Summary => "Finds the runs that made or took a file, by its content.";
    public override int Positionals => 1;
    public override string Usage => "FILE|HASH";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--limit", "N", "How many places at most, newest first.") { Default = "20" },
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks =>
        "A file is found if it was an input file, is what 'get' writes of bytes or text, or is the program itself.\n" +
        $"A hash is one that 'dump' or 'find' shows, or its first {MinDigits} digits or more; it finds artifacts of every type.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Positional is not [var text]) throw new UsageException("FG1003", $"'find' needs a file or a hash: find {Usage}.");
        var limit = call.Arguments.Count("--limit") ?? DefaultLimit;
        var path = Path.GetFullPath(text, call.Environment.CurrentDirectory);
        ContentSearch search;
        try
        {
            search = File.Exists(path) ? await ContentSearch.OfFileAsync(path, CancellationToken.None).ConfigureAwait(false)
                : text.Length is >= MinDigits and <= 64 && text.All(char.IsAsciiHexDigit) ? new ContentSearch([text.ToLowerInvariant()])
                : throw new FlowException("FG1010", $"There is no file {path}, and '{text}' is no hash, which has {MinDigits} to 64 hexadecimal digits.", ExitCodes.NotFound);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException("FG1010", $"The file {path} cannot be read: {e.Message.TrimEnd('.')}.", ExitCodes.NotFound, e);
        }

        var found = await search.FindAsync(await call.OpenStoreAsync().ConfigureAwait(false), call.Flow?.Name, CancellationToken.None).Take(limit).ToListAsync().ConfigureAwait(false);
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json =>
        {
            json.WriteStartArray();
            foreach (var place in found)
            {
                json.WriteStartObject();
                json.WriteString("flow", place.Run.Flow);
                json.WriteString("run", place.Run.ToString());
                json.WriteString("role", place.Role);
                json.WriteString("task", place.Task);
                json.WriteString("name", place.Name);
                json.WriteString("hash", place.Hash);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
        else foreach (var place in found) call.Out.WriteLine($"{place.Run}  {Describe(place)}");

        return found.Count > 0 ? ExitCodes.Success
            : call.IsJson ? ExitCodes.NotFound
            : throw new FlowException("FG1039", $"No run in {call.StorePlace} has made or taken {text}.", ExitCodes.NotFound);
    }

    private static string Describe(FoundContent place) => place.Role switch
    {
        "program" => "is a run of this program",
        "source" => "ran this source",
        "input" => $"took it as parameter {Printable.Line(place.Name!)}",
        "reused" => $"reused it as artifact {Printable.Line(place.Name!)} of task {Printable.Line(place.Task!)}",
        _ => $"made it as artifact {Printable.Line(place.Name!)} of task {Printable.Line(place.Task!)}",
    };
}
