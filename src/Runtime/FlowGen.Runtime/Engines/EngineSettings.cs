using System.Collections.Immutable;

namespace FlowGen.Engines;

/// <summary>One thing that can be set for an engine, in a profile of <c>flowgen.json</c> or by <c>--set NAME=VALUE</c>.</summary>
/// <param name="Name">As people write it, such as <c>partition</c>.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Default">What holds if it is not set; <c>null</c> for nothing.</param>
internal sealed record EngineSetting(string Name, string Help, string? Default = null)
{
    /// <summary>Says what is wrong with a value, as the end of a sentence; <c>null</c> if nothing is.</summary>
    public Func<string, string?>? WhyNot { get; init; }

    /// <summary>Whether people give the path of a text file, and the value is what it holds: the driver may not see the file.</summary>
    public bool IsFile { get; init; }
}

/// <summary>What is set for an engine. Recorded with the run, so that whoever drives it next finds the same; so no setting is a secret.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Values">By name; all of them known to the engine, and checked.</param>
/// <param name="Program">What a job starts: a path that every machine of the engine sees, or a reference to an image.</param>
internal sealed record EngineSettings(string Engine, ImmutableSortedDictionary<string, string> Values, string Program)
{
    /// <summary>The value that is set; <c>null</c> if none is and there is no default.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>Full path of the store, if it is a folder; not recorded.</summary>
    public string? StoreFolder { get; init; }
}
