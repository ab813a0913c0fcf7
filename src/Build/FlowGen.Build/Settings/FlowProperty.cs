namespace FlowGen.Build;

/// <summary>A property that people set to ship a flow. All of them are in the table of docs/shipping.md.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Choices">The values it may have, the default first; empty: any text.</param>
public sealed record FlowProperty(string Name, params string[] Choices)
{
    /// <summary>Every one there is.</summary>
    public static IReadOnlyList<FlowProperty> All { get; } =
    [
        new("FlowWorker", "auto", "aot", "r2r"),
        new("FlowStatic", "auto", "true", "false"),
        new("FlowRuntimeIdentifier"),
        new("FlowEngine", "local", "slurm", "kubernetes", "argo"),
        new("FlowName"),
        new("FlowArgs"),
        new("FlowArgsFile"),
        new("FlowProfile"),
        new("FlowDatastore"),
        new("FlowWait", "false", "true"),
        new("FlowManifest"),
        new("FlowImage"),
        new("FlowRegistry"),
        new("FlowImageName"),
        new("FlowImageTag"),
        new("FlowImageArchive"),
        new("FlowBaseImage"),
        new("FlowCertificates"),
        new("FlowGraphFolder"),
    ];

    /// <summary>What is wrong with a value, or <c>null</c>. Case does not count, as everywhere in MSBuild.</summary>
    /// <param name="value">The value; empty: not set.</param>
    public string? Check(string value)
    {
        if (value.Length == 0 || Choices.Length == 0 || Choices.Contains(value, StringComparer.OrdinalIgnoreCase)) return null;
        var near = NearMiss.Of(value, Choices);
        return $"{Name} is '{value}'; {(near is null ? $"it may be {string.Join(", ", Choices[..^1])} or {Choices[^1]}" : $"did you mean {near}?")}";
    }

    /// <summary>What is wrong with the name of a property that was given on the command line, or <c>null</c>.</summary>
    /// <param name="name">Its name.</param>
    public static string? CheckName(string name)
    {
        if (!name.StartsWith("Flow", StringComparison.OrdinalIgnoreCase) || name.StartsWith("FlowGen", StringComparison.OrdinalIgnoreCase)) return null;
        if (All.Any(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) return null;
        var near = NearMiss.Of(name, All.Select(property => property.Name));
        return $"there is no property {name}; {(near is null ? $"those that begin with Flow are {string.Join(", ", All.Select(property => property.Name))}" : $"did you mean {near}?")}";
    }
}
