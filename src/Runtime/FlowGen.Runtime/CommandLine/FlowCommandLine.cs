using FlowGen.CompilerServices;
using FlowGen.Executing.Isolation;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Starting;

namespace FlowGen.CommandLine;

/// <summary>The command line of a flow program: finds the verb, runs it, and turns every failure into one line and an exit code.</summary>
internal sealed class FlowCommandLine(IReadOnlyList<FlowDefinition> flows, CommandEnvironment environment)
{
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        try
        {
            var code = await DispatchAsync(args).ConfigureAwait(false);
            await environment.Out.FlushAsync().ConfigureAwait(false);
            return code;
        }
        catch (UsageException e)
        {
            FlushOutput();
            foreach (var error in e.Errors) WriteError(error.Code, error.Message);
            return e.ExitCode;
        }
        catch (FlowException e)
        {
            if (e.Code != OutputStream.Unwritable) FlushOutput();
            WriteError(e.Code, e.Message);
            if (IsVerbose(args)) TryWrite(environment.Error, Printable.Lines(e.ToString()));
            return e.ExitCode;
        }
#pragma warning disable CA1031 // The last place that can turn an exception into a line for people.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return InternalError(e, IsVerbose(args));
        }
    }

    private Task<int> DispatchAsync(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0] is "--help" or "-h" or "-?" or "help" && args.Count == 1) return Done(() => Help.WriteOverview(environment.Out, flows, environment.Program));
        if (args[0] is "--version") return Done(() => environment.Out.WriteLine(ProgramVersion.Text));
        if (SliceWorker.IsMeant(args)) return SliceWorker.RunAsync(flows, args, environment);
        if (args is [WorkerProgram.Verb, var engine, _, ..] && FlowPlugins.Engines.FirstOrDefault(known => known.Name == engine) is { } own) return own.WorkAsync(flows, [.. args.Skip(2)], environment);
        if (args[0] == WorkerProgram.Verb && args.Count == 2) return WorkerProcess.RunAsync(flows, args[1], environment.Services);
        if (args[0].StartsWith("[suggest", StringComparison.Ordinal)) return Completion.RunAsync(flows, args, environment);

        var isHelp = args[0] == "help" || args.Skip(1).Any(a => a is "--help" or "-h" or "-?");
        var rest = args[0] == "help" ? args.Skip(1).ToArray() : args;
        var verb = Verb.All.FirstOrDefault(v => v.Name == rest[0]) ?? throw UnknownVerb(rest[0]);
        var words = rest.Skip(1).ToList();
        var flow = TakeFlow(verb, words, isHelp);
        return isHelp ? Done(() => Help.WriteVerb(environment.Out, verb, flow, flows, environment.Program)) : ExecuteAsync(verb, flow, words);
    }

    private Task<int> ExecuteAsync(Verb verb, FlowDefinition? flow, List<string> words)
    {
        var errors = new List<UsageError>();
        var title = flows.Count > 1 && flow is not null ? $"{verb.Name} {flow.Name}" : verb.Name;
        var arguments = VerbParser.Parse(title, Help.OptionsOf(verb, flow), verb.Positionals, words, errors);

        // Mistakes in values are reported together with those in options, so that nobody has to come back twice.
        if (verb.TakesParameters && flow is not null && !IsAlone(verb, words))
        {
            foreach (var note in ParameterOptions.Strangers(flow, flows, environment.Variables())) TryWrite(environment.Error, "note: " + Printable.Line(note));
            var time = Time();
            var values = new ParameterBinder(flow, arguments, environment, errors) { Time = time, IsForLater = verb is DeployVerb }.Bind();
            return errors.Count > 0 ? throw new UsageException(errors) : verb.ExecuteAsync(Call(values: values, time: time));
        }

        var changes = verb is ResumeVerb or SubmitVerb && flow is not null ? new ParameterBinder(flow, arguments, environment, errors).BindGiven() : null;
        return errors.Count > 0 ? throw new UsageException(errors) : verb.ExecuteAsync(Call(changes));

        // Asked once: a schedule must not be another minute's in the middle.
        DateTimeOffset? Time() => arguments.Count(DeployedFlow.Scheduled) is { } number
            ? ScheduledTime.Of(DeployedFlow.At(flow!, number), environment.Variable, environment.Time.GetUtcNow())
            : null;

        VerbCall Call(IReadOnlyDictionary<string, object?>? changes = null, object?[]? values = null, DateTimeOffset? time = null) =>
            new() { Environment = environment, Flows = flows, Flow = flow, Arguments = arguments, Parameters = values ?? [], ScheduledFor = time, Changes = changes ?? new Dictionary<string, object?>() };
    }

    private static bool IsAlone(Verb verb, List<string> words) => words.Any(word => verb.Alone.Contains(word.Split('=', ':')[0]));

    // A program with several flows is told which right after the verb.
    private FlowDefinition? TakeFlow(Verb verb, List<string> words, bool isHelp)
    {
        if (words.Count > 0 && flows.FirstOrDefault(f => f.Name == words[0]) is { } named)
        {
            words.RemoveAt(0);
            return named;
        }

        if (flows.Count == 1) return flows[0];
        if (isHelp || !verb.NeedsFlow || IsAlone(verb, words)) return null;
        var names = string.Join(", ", flows.Select(f => f.Name));
        if (words.Count == 0 || words[0].StartsWith('-')) throw new UsageException("FG1007", $"'{verb.Name}' needs the name of a flow: {verb.Name} FLOW. This program has {names}.");
        var hint = NearMiss.Of(words[0], flows.Select(f => f.Name)) is { } near ? $"did you mean {near}?" : $"it has {names}.";
        throw new UsageException("FG1007", $"This program has no flow '{words[0]}'; {hint}");
    }

    private static UsageException UnknownVerb(string word)
    {
        var hint = NearMiss.Of(word, Verb.All.Select(v => v.Name)) is { } near
            ? $"did you mean {near}?"
            : $"the verbs are {string.Join(", ", Verb.All.Select(v => v.Name))}.";
        return new UsageException("FG1001", $"There is no verb '{word}'; {hint}");
    }

    private static Task<int> Done(Action write)
    {
        write();
        return Task.FromResult(ExitCodes.Success);
    }

    private bool IsVerbose(IReadOnlyList<string> args) => args.Contains(OptionSpec.Verbose.Name) || environment.Variable("FLOWGEN_VERBOSE") is { Length: > 0 } and not "0";

    private void WriteError(string code, string message) => TryWrite(environment.Error, $"error {code}: {Printable.Line(message)}");

    /// <summary>What was written before an error comes before it.</summary>
    private void FlushOutput() => TryWrite(environment.Out, "");

    /// <summary>The exit code tells what cannot be written.</summary>
    private static void TryWrite(TextWriter output, string text)
    {
        try
        {
            if (text.Length > 0) output.WriteLine(text);
            output.Flush();
        }
        catch (FlowException e) when (e.Code == OutputStream.Unwritable)
        {
        }
    }

    private int InternalError(Exception e, bool isVerbose)
    {
        var details = "run again with --verbose for the details";
        try
        {
            var file = Path.Combine(Path.GetTempPath(), $"flowgen-error-{Guid.NewGuid():N}.txt");
            File.WriteAllText(file, $"{ProgramVersion.Text}\n{e}\n");
            details = "details are in " + file;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The line on standard error is what counts.
        }

        WriteError("FG1090", $"Internal error, not your mistake: {e.GetType().Name}: {e.Message} ({details})");
        if (isVerbose) TryWrite(environment.Error, Printable.Lines(e.ToString()));
        return ExitCodes.RunFailed;
    }
}
