using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.Executing.Driving;

/// <summary>A run whose log this process owns: one that it has registered, or taken over.</summary>
internal sealed class StartedRun : IAsyncDisposable
{
    /// <summary>What was asked for, with the flow as the run has it.</summary>
    public required RunRequest Request { get; init; }
    public required RunStore Store { get; init; }
    public required RunLog Log { get; init; }

    /// <summary>Checked values of the parameters, by position, and their encodings.</summary>
    public required object?[] Parameters { get; init; }
    public required ReadOnlyMemory<byte>[] Encoded { get; init; }

    /// <summary>Input files, some of which may be stored already.</summary>
    public required InputFiles Files { get; init; }

    /// <summary>The run that it resumes.</summary>
    public RunState? Origin { get; init; }

    /// <summary>Puts the source into the store, beside the steps: it has to be there before the run is over (M10).</summary>
    public required Task Snapshot { get; init; }

    public required SerialObserver Observer { get; init; }
    public required SecretMask Mask { get; init; }

    /// <summary>When this process began to start it.</summary>
    public required long Begun { get; init; }

    public RunManifest Manifest => Log.Manifest;

    /// <summary>What earlier drivers have recorded; <c>null</c> of a new run.</summary>
    public RunState? Inherited => Log.Inherited;

    public RunFinished End(RunStatus status, string? reason) => new(status, Request.Time.GetUtcNow(), Request.Time.GetElapsedTime(Begun), reason);

    /// <summary>Stores contents that may be stored only once the run is registered (C5), and records what is not recorded yet.</summary>
    /// <exception cref="FlowException">FG1260: a run that this one needs was removed just now.</exception>
    public async ValueTask<System.Collections.Immutable.ImmutableArray<InputFileStored>> StoreInputsAsync(CancellationToken stop)
    {
        foreach (var needed in RunDependencies.Of(Manifest).Concat(Inherited is null && Origin is { } origin ? [origin.Manifest.Run] : []))
            if (!await Store.MayReuseAsync(needed, stop).ConfigureAwait(false)) throw RunErrors.Removed(needed, Store.Objects.Location);
        var stored = await Files.StoreAsync(Store.Artifacts, stop).ConfigureAwait(false);
        foreach (var file in stored)
            if (Inherited?.InputFiles.Any(known => known.Parameter == file.Parameter && known.Position == file.Position) != true) Log.Append(file);
        if (Inherited?.Code is null && Request.Flow.Code is { } code) Log.Append(await Reuse.CodeText.StoreAsync(Store.Artifacts, code, stop).ConfigureAwait(false));
        return stored;
    }

    public ValueTask DisposeAsync() => Log.DisposeAsync();
}
