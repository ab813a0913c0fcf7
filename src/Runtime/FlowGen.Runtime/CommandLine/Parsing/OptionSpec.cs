namespace FlowGen.CommandLine;

/// <summary>One option of a verb, as help shows it and the parser takes it.</summary>
/// <param name="Name">With its two hyphens.</param>
/// <param name="Value">What stands for the value in help, or <c>null</c> for a switch.</param>
/// <param name="Description">One sentence.</param>
internal sealed record OptionSpec(string Name, string? Value, string Description)
{
    /// <summary>Whether one occurrence takes all values up to the next option.</summary>
    public bool TakesMany { get; init; }

    /// <summary>Whether it may be given several times.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it may be given without its value.</summary>
    public bool ValueIsOptional { get; init; }

    /// <summary>Values that completion offers.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What help says about the default.</summary>
    public string? Default { get; init; }

    /// <summary>Whether it must be given, here or elsewhere.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What else help says, as sentences.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it is known only so that using it can be explained.</summary>
    public bool IsHidden { get; init; }

    public static OptionSpec Params { get; } = new("--params", "FILE", "JSON file with parameters, such as {\"testShare\": 0.3}; '-' is standard input.");
    public static OptionSpec Store { get; } = new("--store", "PLACE", "Folder or URL of the datastore.") { Default = "FLOWGEN_DATASTORE, else .flowgen at the solution or project root" };
    public static OptionSpec Json { get; } = new("--json", null, "Write JSON, in the documented shape.");
    public static OptionSpec DryRun { get; } = new("--dry-run", null, "Shows what would be removed, and writes nothing.");
    public static OptionSpec StoreTimeout { get; } = new("--store-timeout", "TIME", "How long the store may be out of reach before the run gives up; it can be continued then.") { Default = "1h" };
    public static OptionSpec Verbose { get; } = new("--verbose", null, "Show stack traces.");
    public static OptionSpec Help { get; } = new("--help", null, "Show this help.");
}
