using FlowGen.CommandLine;
using FlowGen.Executing;
using FlowGen.Executing.Driving;
using FlowGen.Executing.Reuse;
using FlowGen.Executing.Starting;
using FlowGen.Argo.Manifests;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Argo.Turns;

/// <summary>Registers the run of a workflow, whose arguments are environment variables here. Done once, however often it is started.</summary>
internal static class RunBeginning
{
    public static async Task<int> BeginAsync(VerbCall call, RunKey run)
    {
        var objects = ObjectStores.Open(call.StorePlace);
        if (await new RunReader(objects).ReadAsync(run, 0, CancellationToken.None).ConfigureAwait(false) is not null) return Tell(call, run);

        var errors = new List<UsageError>();
        var parameters = new ParameterBinder(call.Flow!, call.Arguments, Given(call), errors).Bind();
        if (errors.Count > 0) throw new UsageException(errors);
        // Where the steps run is not here, so what this machine has says nothing about them.
        var request = RunExecution.Complete(call, new RunRequest { Flow = call.Flow!, Store = objects, Parameters = parameters, Key = run, Remote = static _ => null });
        var submission = ArgoWork.Submission(DriveOptions.Of(request));
        try
        {
            var started = await RunStart.BeginAsync(request, new SerialObserver(new NoticeObserver(call.Note)), CancellationToken.None).ConfigureAwait(false);
            await using (started.ConfigureAwait(false))
            {
                started.Log.Append(submission);
                await started.StoreInputsAsync(CancellationToken.None).ConfigureAwait(false);
                await started.Snapshot.ConfigureAwait(false);
                await started.Log.ReleaseAsync().ConfigureAwait(false);
            }
        }
        catch (FlowException e) when (e.Code == StoreErrors.Fenced)
        {
            // Another pod for the same has registered it in this moment.
        }

        return Tell(call, run);
    }

    private static int Tell(VerbCall call, RunKey run)
    {
        call.Out.WriteLine($"Run {run} in {call.StorePlace}.");
        return ExitCodes.Success;
    }

    /// <summary>The environment without the arguments that only stand for defaults; the time of a schedule is that of its minute.</summary>
    private static CommandEnvironment Given(VerbCall call)
    {
        var (environment, flow) = (call.Environment, call.Flow!);
        var variables = flow.Parameters.Select(static (parameter, position) => (parameter, position)).Where(static known => !known.parameter.IsSecret).ToDictionary(static known => CommandLineNames.VariableOf(known.parameter), static known => known.position);
        return environment.With(name =>
        {
            if (environment.Variable(name) is not { } text) return null;
            if (name == ScheduledTime.Variable && ScheduledTime.Parse(text) is { } time) return ScheduledTime.Show(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute)));
            return variables.TryGetValue(name, out var position) && WorkflowArguments.IsDefault(flow, position, text) ? null : text;
        });
    }
}
