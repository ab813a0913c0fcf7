using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Executing.Isolation;
using FlowGen.Executing.Logs;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>What all attempts of a run share; of a sub-flow, with what is its own in the place of the run's.</summary>
internal sealed record RunScope
{
    public required FlowDefinition Flow { get; init; }
    public required RunKey Run { get; init; }

    /// <summary>The run itself, or the first of the chain of runs it resumes.</summary>
    public required RunKey FirstOrigin { get; init; }
    public required ImmutableArray<string> Tags { get; init; }
    public required TimeProvider Time { get; init; }
    public required ArtifactStore Artifacts { get; init; }
    public required ParameterValues Parameters { get; init; }
    public required Journal Journal { get; init; }
    public required SerialObserver Observer { get; init; }
    public required LineEcho Echo { get; init; }

    /// <summary>Whether results of all steps are shared with other runs, and not only of those that say so.</summary>
    public bool CachesAll { get; init; }

    /// <summary>The engine that steps are sent to; <c>null</c> if they run here.</summary>
    public RemoteSteps? Remote { get; init; }

    /// <summary>Whether an attempt is recorded as started before it starts: from the second driver of a run on, so that what ends drivers is found (H5).</summary>
    public bool StartsDurably { get; init; }

    /// <summary>Whether no step is called, as somebody only wants to know which would be.</summary>
    public bool IsPlan { get; init; }

    /// <summary>Hides the values of the run's secrets.</summary>
    public SecretMask Mask { get; init; } = SecretMask.None;

    /// <summary>Folder or URL of the store, and the input files in it: for attempts in processes of their own.</summary>
    public string StorePlace { get; init; } = "";
    public ImmutableArray<InputFileStored> Files { get; init; } = [];

    /// <summary>What steps find in this process beside their inputs.</summary>
    public required StepHost Host { get; init; }

    /// <summary>The processes of attempts that have one of their own.</summary>
    public WorkerSet Workers { get; } = new();

    /// <summary>How long running steps get to stop when the run is stopped.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>The task that the flow is; <c>null</c> of the run's own.</summary>
    public OuterTask? Outer { get; init; }

    /// <summary>What stands before the names of its tasks: <c>prepare[2]/</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>From the run's flow to this one: its name, and the names of the steps that are sub-flows.</summary>
    public string FlowPath { get; init; } = "";

    /// <summary>The project's directory, for input files.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The whole address of a task.</summary>
    public TaskAddress AddressOf(TaskAddress task) => Outer is null ? task : task with { Outer = Outer };

    public string NameOf(TaskAddress task) => Prefix + Flow.Steps[task.Step].Name + task.Suffix;

    /// <summary>The flow that a task is.</summary>
    public RunScope Of(TaskAddress task, FlowDefinition flow, ParameterValues parameters, ImmutableArray<InputFileStored> files, SecretMask mask, CancellationToken stop)
    {
        var outer = new OuterTask(AddressOf(task));
        return this with
        {
            Flow = flow,
            Parameters = parameters,
            Host = Host.Of(flow, parameters.CreateFlow, text => Observer.Notice(mask.Hide(text)), stop),
            Files = files,
            Mask = mask,
            Journal = Journal.Of(outer),
            Outer = outer,
            Prefix = NameOf(task) + "/",
            FlowPath = $"{FlowPath}/{Flow.Steps[task.Step].Name}",
        };
    }
}
