namespace FlowGen.Generator.Parsing;

/// <summary>Finds artifacts, parameters, resources and steps by name, ignoring case.</summary>
internal sealed class SourceTable
{
    private readonly ILookup<string, SourceDeclaration> _sources;
    private readonly ILookup<string, StepDeclaration> _steps;

    public SourceTable(FlowContext context)
    {
        All = [.. context.Parameters, .. context.Artifacts, .. context.Resources];
        _sources = All
            .SelectMany(source => source is ResourceDeclaration { Method: var method } ? new[] { source.Name, method.Name }.Distinct(StringComparer.OrdinalIgnoreCase) : [source.Name], (source, name) => (source, name))
            .ToLookup(pair => pair.name, pair => pair.source, StringComparer.OrdinalIgnoreCase);
        _steps = context.Steps
            .SelectMany(step => new[] { step.Name, step.Method.Name }.Distinct(StringComparer.OrdinalIgnoreCase), (step, name) => (step, name))
            .ToLookup(pair => pair.name, pair => pair.step, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<SourceDeclaration> All { get; }

    public IEnumerable<string> StepNames => _steps.Select(group => group.Key);

    public SourceDeclaration? Source(string name) => _sources[name].FirstOrDefault();

    public StepDeclaration? Step(string name) => _steps[name].FirstOrDefault();

    /// <summary>How an attribute names the source or step of a name.</summary>
    public string Reference(string name) => Source(name)?.Reference ?? (Step(name) is { } step ? $"nameof({step.Method.Name})" : $"\"{name}\"");

    /// <summary>Several things have this name, which is a mistake of its own: nothing more is said about who uses it.</summary>
    public bool IsAmbiguous(string name)
    {
        var things = new HashSet<object>(_sources[name]);
        foreach (var step in _steps[name])
            if (!things.Any(thing => thing is ArtifactDeclaration artifact && artifact.Producer == step)) things.Add(step);
        return things.Count > 1;
    }
}
