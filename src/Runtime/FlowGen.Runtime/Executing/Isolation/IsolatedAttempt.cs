using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using FlowGen.CompilerServices;
using FlowGen.Executing.Remote;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Isolation;

/// <summary>The driver's side of an attempt that has a process of its own. The process ends with the attempt: told to stop first, killed with all its children where it does not.</summary>
internal sealed class IsolatedAttempt : IDisposable
{
    /// <summary>How often the process is started before the attempt fails: what keeps a machine from starting processes is no failure of the step.</summary>
    private const int Starts = 3;

    /// <summary>How long a process may take to end once its time is up.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly RunScope _run;
    private readonly TaskAttempt _attempt;
    private readonly NamedPipeServerStream _pipe;
    private readonly WorkerChannel _channel;
    private readonly Process _process;
    private readonly Task _output;
    private readonly Lock _lock = new();
    private ITimer? _kill;

    private IsolatedAttempt(RunScope run, TaskAttempt attempt, NamedPipeServerStream pipe, Process process)
    {
        (_run, _attempt, _pipe, _channel, _process) = (run, attempt, pipe, new WorkerChannel(pipe), process);
        run.Workers.Add(process);
        process.StandardInput.Close();
        _output = Task.WhenAll(CopyAsync(process.StandardOutput, isError: false), CopyAsync(process.StandardError, isError: true));
    }

    /// <returns>The frame with the outputs; <c>null</c> if this program cannot be started again, or the store is in memory, so that the step must run here.</returns>
    /// <exception cref="WorkerFailure">The step threw, or its process ended without a result.</exception>
    public static async ValueTask<StepFrame?> InvokeAsync(RunScope run, TaskAttempt attempt)
    {
        if (!run.Artifacts.IsShared) return null;
        var inputs = await SliceInputs.EncodeAsync(run.Flow, run.Artifacts, attempt, itemsTravel: true).ConfigureAwait(false);
        for (var start = 1; ; start++)
        {
            try
            {
                using var isolated = Start(run, attempt);
                if (isolated is null) return null;
                return await isolated.RunAsync(inputs).ConfigureAwait(false);
            }
            catch (Win32Exception e)
            {
                if (start == Starts) throw new InvalidOperationException($"The process of the step could not be started ({e.Message}), {Starts} times.", e);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock) _kill?.Dispose();
        _run.Workers.Remove(_process);
        _channel.Dispose();
        _process.Dispose();
    }

    private static IsolatedAttempt? Start(RunScope run, TaskAttempt attempt)
    {
        var name = $"flowgen-{Guid.NewGuid():N}";
        if (WorkerProgram.Start(name) is not { } start) return null;
        foreach (var (variable, value) in attempt.Definition.Environment) start.Environment[variable] = value;
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            return new IsolatedAttempt(run, attempt, pipe, Process.Start(start)!);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    private async Task<StepFrame> RunAsync(ImmutableArray<SliceInput> inputs)
    {
        _attempt.IsInStep = true;
        using var cancelled = _attempt.CancellationToken.Register(Cancel);
        if (await ConnectAsync().ConfigureAwait(false)) await _channel.SendAsync(WorkerMessage.Request, writer => Write(writer, inputs)).ConfigureAwait(false);
        object?[]? outputs = null;
        WorkerFailure? failure = null;
        while (outputs is null && failure is null && await _channel.ReceiveAsync().ConfigureAwait(false) is var (kind, content))
        {
            switch (kind)
            {
                case WorkerMessage.Progress:
                    _attempt.Progress(content.ReadDouble(), content.ReadBoolean() ? content.ReadString() : null);
                    break;
                case WorkerMessage.AskCommitted:
                    _ = AnswerAsync();
                    break;
                case WorkerMessage.Succeeded:
                    outputs = await ReadOutputsAsync(content).ConfigureAwait(false);
                    break;
                case WorkerMessage.Failed:
                    failure = ReadFailure(content);
                    break;
            }
        }

        // It has nothing more to do; what its children hold open must not hold up the run.
        Arm(LastWords);
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAny(_output, Task.Delay(LastWords, _run.Time, CancellationToken.None)).ConfigureAwait(false);
        if (failure?.StoreFailure is { } store) throw _attempt.StoreFailure = store;
        if (failure is { IsObedience: true }) _attempt.CancellationToken.ThrowIfCancellationRequested();
        if (failure is not null) throw failure;
        if (outputs is null)
        {
            _attempt.CancellationToken.ThrowIfCancellationRequested();
            throw ExitWords.IsSignal(_process.ExitCode) ? new LostWorker(ExitWords.Of(_process.ExitCode)) : new WorkerFailure("FlowGen.WorkerEnded", ExitWords.Of(_process.ExitCode));
        }

        var frame = new StepFrame(_run.Parameters.CreateFlow(), [], _attempt.Definition.ArtifactCount, _attempt, _attempt.CancellationToken);
        outputs.CopyTo(frame.Outputs, 0);
        return frame;
    }

    /// <summary>Waits for the worker; false if it ended before it came.</summary>
    private async Task<bool> ConnectAsync()
    {
        using var gone = new CancellationTokenSource();
        var exit = _process.WaitForExitAsync(gone.Token);
        var connection = _pipe.WaitForConnectionAsync(gone.Token);
        var isConnected = await Task.WhenAny(connection, exit).ConfigureAwait(false) == connection;
        await gone.CancelAsync().ConfigureAwait(false);
        return isConnected;
    }

    private void Write(BinaryWriter writer, ImmutableArray<SliceInput> inputs)
    {
        new WorkerRequest
        {
            Flow = _run.Flow.Name,
            FlowPath = _run.FlowPath,
            Step = _attempt.Step,
            RunId = _attempt.RunId,
            TaskName = _attempt.TaskName,
            Index = _attempt.Task.Index,
            Attempt = _attempt.Attempt,
            IdempotencyKey = _attempt.IdempotencyKey,
            Tags = _run.Tags,
            TempDirectory = _attempt.TempDirectory,
            Gang = _attempt.Definition.Gang,
            Parameters = _run.Parameters.Encoded,
            Secrets = _run.Parameters.SecretTexts,
            Store = _run.StorePlace,
            Generation = _run.Artifacts.Generation,
            Files = _run.Files,
        }.Write(writer);
        writer.Write(inputs);
    }

    private async ValueTask<object?[]> ReadOutputsAsync(BinaryReader reader)
    {
        var outputs = new object?[_attempt.Definition.ArtifactCount];
        for (var i = 0; i < outputs.Length; i++)
        {
            if (!reader.ReadBoolean()) continue;
            outputs[i] = await _run.Artifacts.ReadAsync(_run.Flow.Artifacts[_attempt.Definition.FirstArtifact + i], reader.ReadValue(), CancellationToken.None).ConfigureAwait(false);
        }

        return outputs;
    }

    private static WorkerFailure ReadFailure(BinaryReader reader)
    {
        var (type, message, details) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var forGood = reader.ReadBoolean();
        var after = reader.ReadInt64();
        var code = reader.ReadString();
        return new WorkerFailure(type, message, details) { IsObedience = reader.ReadBoolean(), IsForGood = forGood, RetryAfter = after < 0 ? null : TimeSpan.FromTicks(after), StoreFailure = code.Length > 0 ? new FlowException(code, message, StoreErrors.ExitCode) : null };
    }

    private async Task AnswerAsync()
    {
        try
        {
            await _attempt.Committed().ConfigureAwait(false);
            await _channel.SendAsync(WorkerMessage.Committed).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or FlowException)
        {
            // The run ends, and the worker with it.
        }
    }

    /// <summary>Asks the step to stop: at its time limit the process has little time left, at the end of the run as much as every step.</summary>
    private void Cancel()
    {
        _ = _channel.SendAsync(WorkerMessage.Cancel);
        Arm(_attempt.IsClaimed ? LastWords : _run.Grace);
    }

    private void Arm(TimeSpan delay)
    {
        lock (_lock)
        {
            _kill?.Dispose();
            _kill = _run.Time.CreateTimer(_ => WorkerSet.Kill(_process), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task CopyAsync(StreamReader from, bool isError)
    {
        var buffer = new char[4096];
        try
        {
            while (await from.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count) _attempt.Output.Write(buffer.AsSpan(0, count), isError);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }
    }
}
