using System.Collections.Immutable;
using System.Security.Cryptography;
using FlowGen.CompilerServices;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>
/// Runs the flow that a task is, inside the same run: with a scheduler of its own, by the same workers, into the same log. Its tasks have keys like any others,
/// so what earlier runs finished of it stands, also where its parameters or its code changed.
/// </summary>
internal static class SubFlowRunner
{
    /// <param name="run">The flow of the task.</param>
    /// <param name="attempt">The task.</param>
    /// <param name="flow">What its method returned: the parameters.</param>
    /// <returns>The outputs, as the flow stored them.</returns>
    /// <exception cref="SubFlowFailedException">A task in it failed.</exception>
    /// <exception cref="SubFlowStoppedException">It was stopped.</exception>
    /// <exception cref="FlowException">FG1005: a parameter is not valid.</exception>
    public static async ValueTask<object?[]> RunAsync(RunScope run, TaskAttempt attempt, object? flow)
    {
        var definition = attempt.Definition.SubFlow!;
        if (flow is null) throw new ArtifactException($"Step '{attempt.Step}' returned null; return a {definition.Flow.ClassName} with the parameters to run it with.");
        var given = ParameterChecks.Checked(definition.Flow, flow);
        var (owner, crew) = (attempt.Executor, attempt.Executor.Crew);

        // From here on nothing is the step's fault.
        attempt.IsInStep = false;
        owner.RecordStart(attempt);
        var (files, isNew) = await FilesAsync(run, definition.Flow, given).ConfigureAwait(false);
        given = InputFiles.Attach(given, files, run.Artifacts);
        var encoded = definition.Flow.Parameters.Select((parameter, p) => ParameterValues.Encode(parameter, given[p])).ToArray();
        run.Observer.Hide(given);
        var inner = run.Of(attempt.Task, definition.Flow, ParameterValues.Of(definition.Flow, encoded, given, files, run.Artifacts), files, run.Mask.With(given), crew.Stopped);
        await using var host = inner.Host.ConfigureAwait(false);
        var parameters = HashOf(encoded);
        var inherited = owner.Inherited?.Of(attempt.Task) is { } before && before.Parameters == parameters ? before : null;
        if (inherited is null) inner.Journal.Append(new SubFlowOpened(parameters));
        foreach (var file in isNew)
            if (inherited?.InputFiles.Contains(file) != true) inner.Journal.Append(file);

        var executor = new Executor(inner, crew, owner, owner.Core.FailsRun && !attempt.Definition.Contained) { Inherited = inherited };
        attempt.IsInStep = true;
        executor.Prepare();
        attempt.IsInStep = false;
        executor.Finder.Reuser = owner.Finder.Reuser?.Of(inner, attempt.Task);
        crew.Enter(executor);
        var status = await executor.Ended.ConfigureAwait(false);
        crew.Leave(executor);
        return status switch
        {
            RunStatus.Succeeded => [.. definition.Outputs.Select(output => executor.Made(output) ?? throw Missing(inner, output))],
            RunStatus.Failed => throw new SubFlowFailedException(ErrorOf(inner, executor)),
            _ => throw new SubFlowStoppedException(),
        };
    }

    /// <summary>The error of the task that failed, with its name; of one that is a flow itself, the name is in it.</summary>
    private static TaskError ErrorOf(RunScope inner, Executor executor)
    {
        var (task, error) = executor.FirstFailure!.Value;
        return inner.Flow.Steps[task.Step].SubFlow is not null && error.Message.StartsWith(inner.NameOf(task) + "/", StringComparison.Ordinal)
            ? error
            : error with { Message = $"{inner.NameOf(task)} failed: {error.Message}" };
    }

    private static ArtifactException Missing(RunScope inner, int output) => new(
        $"The flow {inner.Flow.ClassName} ended without its output '{inner.Flow.Artifacts[output].Name}'; a step with [Output] must run once and may not be skipped.");

    /// <summary>Where the contents of input files are: those of a parameter of the run are stored, others are now.</summary>
    private static async ValueTask<(ImmutableArray<InputFileStored> All, ImmutableArray<InputFileStored> New)> FilesAsync(RunScope run, FlowDefinition flow, object?[] given)
    {
        ImmutableArray<InputFileStored> known =
        [
            .. from p in Enumerable.Range(0, given.Length)
               from file in InputFiles.FilesIn(given[p]).Select((file, position) => (file, position))
               where file.file.Stored is not null
               select new InputFileStored(p, file.position, file.file.Stored!),
        ];
        var all = await InputFiles.Find(flow, run.ProjectDirectory, given, known).StoreAsync(run.Artifacts, CancellationToken.None).ConfigureAwait(false);
        return (all, all[known.Length..]);
    }

    private static Hash256 HashOf(ReadOnlyMemory<byte>[] encoded)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in encoded)
        {
            hash.AppendData(BitConverter.GetBytes(value.Length));
            hash.AppendData(value.Span);
        }

        return new Hash256(hash.GetHashAndReset());
    }
}
