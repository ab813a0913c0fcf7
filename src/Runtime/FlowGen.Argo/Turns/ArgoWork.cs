using System.Collections.Immutable;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.Argo.Turns;

/// <summary>
/// What the pods of a workflow do that decide: <c>worker argo begin FLOW</c>, <c>plan FLOW STEP</c>, <c>finish FLOW</c> and <c>close FLOW</c>. Which run it is follows from the workflow, so each of them can be
/// started again and means the same.
/// </summary>
internal static class ArgoWork
{
    public const string Begin = "begin", Plan = "plan", Finish = "finish", Close = "close";

    private const string Workflow = "--workflow", Created = "--created", Out = "--out", MaxJobs = "--max-jobs", SliceSeconds = "--slice-seconds", Status = "--status";

    private static readonly OptionSpec[] Common = [new(Workflow, "UID", "The workflow."), new(Created, "TIME", "When it was made."), OptionSpec.Store];

    public static async Task<int> RunAsync(IReadOnlyList<FlowDefinition> flows, IReadOnlyList<string> args, CommandEnvironment environment)
    {
        var errors = new List<UsageError>();
        var (work, specs) = args[0] switch
        {
            Begin => (args[0], [.. Common, OptionSpec.Params, .. RunVerb.Running]),
            Plan => (args[0], [.. Common, new(Out, "FOLDER", "Where outputs are written."), new(MaxJobs, "N", "Slices in a list."), new(SliceSeconds, "N", "Seconds of work of a slice.")]),
            Finish => (args[0], Common),
            Close => (args[0], (OptionSpec[])[.. Common, new(Status, "STATUS", "How the workflow ended.")]),
            _ => throw new UsageException("FG1001", $"Pods of Argo have no work '{args[0]}'; write the manifest again with this program."),
        };
        var arguments = VerbParser.Parse("worker argo " + work, specs, 2, [.. args.Skip(1)], errors);
        if (errors.Count > 0) throw new UsageException(errors);
        var flow = flows.FirstOrDefault(known => arguments.Positional is [var name, ..] && known.Name == name)
            ?? throw new UsageException("FG1007", $"This program has no flow '{string.Join(' ', arguments.Positional.Take(1))}': its image is not that of the manifest. Write the manifest again with this program.");
        var call = new VerbCall { Environment = environment, Flows = flows, Flow = flow, Arguments = arguments };
        var run = RunKey.Of(flow.Name, Time(arguments), Text(arguments, Workflow));
        return work switch
        {
            Begin => await RunBeginning.BeginAsync(call, run).ConfigureAwait(false),
            Plan => await TurnOfStep.PlanAsync(call, run, StepOf(flow, arguments), Text(arguments, Out), arguments.Count(MaxJobs) ?? 64, arguments.Count(SliceSeconds) ?? 30).ConfigureAwait(false),
            Finish => await TurnOfStep.FinishAsync(call, run).ConfigureAwait(false),
            _ => await RunClosing.CloseAsync(call, run, Text(arguments, Status)).ConfigureAwait(false),
        };
    }

    /// <summary>What is recorded of a run that Argo drives: that somebody does, though seldom.</summary>
    public static RunSubmitted Submission(ImmutableSortedDictionary<string, string> options) => new("argo", ImmutableSortedDictionary<string, string>.Empty, "", HasDriverJob: true, options);

    private static StepDefinition StepOf(FlowDefinition flow, VerbArguments arguments) => flow.Steps.FirstOrDefault(step => arguments.Positional is [_, var name] && step.Name == name)
        ?? throw new UsageException("FG1007", $"The flow '{flow.Name}' of this program has no step '{string.Join(' ', arguments.Positional.Skip(1))}': its image is not that of the manifest. Write the manifest again with this program.");

    private static DateTimeOffset Time(VerbArguments arguments) => ScheduledTime.Parse(Text(arguments, Created)) ?? throw new UsageException("FG1003", $"Option {Created}: '{Text(arguments, Created)}' is not a time such as 2026-03-14T03:00:00Z.");

    private static string Text(VerbArguments arguments, string option) => arguments.Text(option) ?? throw new UsageException("FG1003", $"Option {option} is missing; write the manifest again with this program.");
}
