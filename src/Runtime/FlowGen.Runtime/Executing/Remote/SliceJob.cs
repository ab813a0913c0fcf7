using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>What a slice is to others: a job to the engine, work to its worker.</summary>
internal static class SliceJob
{
    /// <summary>What the engine is asked for.</summary>
    public static JobRequest RequestOf(RunKey run, LiveSlice slice, List<SentTask> tasks)
    {
        var (scope, step) = (tasks[0].Scope, tasks[0].Attempt.Definition);
        return new JobRequest
        {
            Name = slice.Job,
            Run = run.ToString(),
            Flow = run.Flow,
            Step = DriverTurn.PathOf(scope.FlowPath, step.Name),
            Arguments = [.. SliceWorker.Arguments(run, slice.Name, scope.StorePlace)],
            Resources = (step.Resources ?? new ResourceDefinition()) with { Memory = tasks[0].Memory },
            // What is around the steps takes time too, and a step that keeps to its own limit must not meet this one.
            TimeLimit = step.Timeout is { } timeout && timeout < TimeSpan.FromDays(30) ? timeout * tasks.Count + TimeSpan.FromMinutes(2) : null,
            Environment = step.Environment,
            Secrets = scope.Outer is null ? SecretVariables(scope.Flow) : [],
        };
    }

    /// <summary>The environment variables in which a job gets the secrets of a flow.</summary>
    public static ImmutableArray<string> SecretVariables(FlowDefinition flow) => [.. flow.Parameters.Where(parameter => parameter.IsSecret).Select(CommandLine.CommandLineNames.VariableOf)];

    /// <summary>What the worker of a slice is told.</summary>
    /// <param name="slice">The slice, with its tasks attached.</param>
    /// <param name="orphanTimeout">How long it goes on when nobody drives the run.</param>
    public static SliceContent ContentOf(LiveSlice slice, TimeSpan orphanTimeout)
    {
        var scope = slice.Scope!;
        var sent = Enumerable.Range(0, slice.Tasks.Length).Select(position => slice.At(position)!).ToList();
        return new SliceContent
        {
            FlowPath = scope.FlowPath,
            Step = sent[0].Attempt.Step,
            Generation = scope.Artifacts.Generation,
            Parameters = [.. scope.Parameters.Encoded.Select(parameter => StoredValue.Of(parameter.ToArray()))],
            Files = scope.Files,
            Parallel = 1,
            OrphanTimeout = orphanTimeout,
            Tasks = [.. sent.Select(task => new SliceTask(task.Attempt.Task, task.Attempt.Attempt, task.Attempt.Id, task.Attempt.TaskName, task.Attempt.IdempotencyKey, task.Inputs))],
        };
    }

    /// <summary>Bytes of memory of an attempt, grown for each that ran out of it.</summary>
    public static long MemoryOf(ResourceDefinition? needs, int outOfMemory)
    {
        if (needs is not { Memory: > 0 } || needs.MemoryGrowth <= 1 || outOfMemory == 0) return needs?.Memory ?? 0;
        var grown = needs.Memory * Math.Pow(needs.MemoryGrowth, outOfMemory);
        return Math.Max(needs.Memory, (long)Math.Min(grown, needs.MemoryLimit > 0 ? needs.MemoryLimit : long.MaxValue / 2));
    }
}
