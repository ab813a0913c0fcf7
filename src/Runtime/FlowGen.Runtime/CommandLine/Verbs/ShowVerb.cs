using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class ShowVerb : Verb
{
    public override string Name => "show";
    public override string Summary => "Shows the graph of a flow.";
    public override bool NeedsFlow => true;

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--format", "text|mermaid|json", "How.") { Choices = ["text", "mermaid", "json"], Default = "text" },
        new("--json", null, "The same as --format json."),
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var graph = GraphDescription.Of(call.Flow!);
        switch (call.IsJson ? "json" : call.Arguments.Text("--format") ?? "text")
        {
            case "text": GraphText.Write(call.Out, graph, call.Flow!, call.Environment.Time.GetUtcNow()); break;
            case "mermaid": GraphMermaid.Write(call.Out, graph); break;
            case "json": await JsonOutput.WriteAsync(call.Environment.OutputStream, json => GraphJson.Write(json, graph, call.Flow!)).ConfigureAwait(false); break;
            case var other: throw new UsageException("FG1003", $"Option --format: '{other}' is not one of text, mermaid, json.");
        }

        return ExitCodes.Success;
    }
}
