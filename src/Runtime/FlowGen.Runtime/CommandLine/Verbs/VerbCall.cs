using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

/// <summary>One use of a verb.</summary>
internal sealed class VerbCall
{
    public required CommandEnvironment Environment { get; init; }
    public required IReadOnlyList<FlowDefinition> Flows { get; init; }

    /// <summary>The flow that was named, or the program's only one; <c>null</c> when the verb is about all of them.</summary>
    public required FlowDefinition? Flow { get; init; }
    public required VerbArguments Arguments { get; init; }

    /// <summary>Of a verb that takes parameters, one checked value for each, by position.</summary>
    public object?[] Parameters { get; init; } = [];

    /// <summary>For which time a schedule starts a run; <c>null</c> if it is started by hand.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Parameters that a resumed run gets other values of, by name.</summary>
    public IReadOnlyDictionary<string, object?> Changes { get; init; } = new Dictionary<string, object?>();

    /// <summary>The run that was named; by default the latest.</summary>
    public string RunName => Arguments.Positional is [var name, ..] ? name : "latest";

    public TextWriter Out => Environment.Out;

    /// <summary>Says something beside the result.</summary>
    public void Note(string text) => Environment.Error.WriteLine("note: " + Printable.Line(text));

    public bool IsJson => Arguments.Has(OptionSpec.Json.Name);

    public string StorePlace => StoreLocation.Find(
        Arguments.Text(OptionSpec.Store.Name), Environment.Variable, Environment.CurrentDirectory, Environment.ProjectDirectory, ProgramPlace.IsSingleFile,
        Arguments.Text(EngineOptions.Profile));

    /// <summary>Opens the store; reading never writes to it.</summary>
    public ValueTask<RunStore> OpenStoreAsync() => OpenStoreAsync(forWriting: false);

    public ValueTask<RunStore> OpenStoreAsync(bool forWriting) => RunStore.OpenAsync(ObjectStores.Open(StorePlace), forWriting, Environment.Time, CancellationToken.None);

    /// <summary>Reads the run that was named.</summary>
    public async Task<(RunStore Store, RunState State)> ReadRunAsync()
    {
        var (store, run) = await FindRunAsync().ConfigureAwait(false);
        return (store, await store.ReadAsync(run, CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>Finds the run that was named.</summary>
    public async Task<(RunStore Store, RunKey Run)> FindRunAsync(bool forWriting = false)
    {
        // Found before anything is written: a mistyped store must not come to be.
        var store = await OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ResolveAsync(Flow?.Name, RunName, CancellationToken.None).ConfigureAwait(false);
        return (forWriting ? await OpenStoreAsync(forWriting: true).ConfigureAwait(false) : store, run);
    }
}
