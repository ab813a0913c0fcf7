using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class FsckVerb : Verb
{
    public override string Name => "fsck";
    public override string Summary => "Reads everything in the store and tells what is damaged or missing.";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("--repair", null, "Removes damaged objects that can be made again: a resume then makes them."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks => "Exit codes: 0 all is well, or was repaired; 1 something is damaged or missing.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var repairs = call.Arguments.Has("--repair");
        var store = await StoreUpkeep.OpenAsync(call, isReading: !repairs).ConfigureAwait(false);
        using var signals = new StopSignals();
        var check = new StoreCheck(store, repairs);
        var problems = await check.RunAsync(signals.Stop).ConfigureAwait(false);
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("objects", check.Objects);
            json.WriteNumber("bytes", check.Bytes);
            json.WriteStartArray("problems");
            foreach (var problem in problems)
            {
                json.WriteStartObject();
                json.WriteString("object", problem.Key);
                json.WriteString("what", problem.What);
                if (problem.Run is { } run) json.WriteString("run", run.ToString());
                else json.WriteNull("run");
                json.WriteBoolean("repaired", problem.IsRepaired);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
        else
        {
            foreach (var problem in problems) call.Out.WriteLine($"{problem.Key}: {Printable.Line(problem.What)}{(problem.IsRepaired ? " Removed." : "")}");
            call.Out.WriteLine($"{Numbers.Show(check.Objects)} objects, {Numbers.ShowBytes(check.Bytes)}: {(problems.Count == 0 ? "all is well" : $"{Numbers.Show(problems.Count)} problems, {Numbers.Show(problems.Count(static problem => problem.IsRepaired))} repaired")}.");
        }

        return problems.All(static problem => problem.IsRepaired) ? ExitCodes.Success : ExitCodes.RunFailed;
    }
}
