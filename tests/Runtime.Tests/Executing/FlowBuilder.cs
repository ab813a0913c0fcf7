using System.Collections.Immutable;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Executing;

/// <summary>Writes flow definitions by hand. Inputs are words: <c>name</c> for a value, <c>each:name</c> for an item, <c>all:name</c> for a gather.</summary>
internal sealed class FlowBuilder(string name = "test")
{
    private readonly List<ParameterDefinition> _parameters = [];
    private readonly List<object?> _values = [];
    private readonly List<ArtifactDefinition> _artifacts = [];
    private readonly List<int> _producers = [];
    private readonly List<DimensionDefinition> _dimensions = [];
    private readonly List<StepDefinition> _steps = [];

    /// <summary>Last changes to the definition.</summary>
    public Func<FlowDefinition, FlowDefinition> Change { get; set; } = static flow => flow;

    public object?[] Values => [.. _values];

    public FlowBuilder Changed(Func<FlowDefinition, FlowDefinition> change)
    {
        Change = change;
        return this;
    }

    /// <summary>Changes the step that was added last.</summary>
    public FlowBuilder With(Func<StepDefinition, StepDefinition> change)
    {
        _steps[^1] = change(_steps[^1]);
        return this;
    }

    public static ArtifactDefinition Int(string name, bool nullable = false) =>
        new ArtifactDefinition<int, Int32Codec> { Name = name, TypeName = "int", Shareable = true, Nullable = nullable };

    public static ArtifactDefinition Text(string name) =>
        new ArtifactDefinition<string, StringCodec> { Name = name, TypeName = "string", Shareable = true };

    public static ArtifactDefinition Ints(string name) =>
        new ArtifactDefinition<int[], ArrayCodec<int, Int32Codec>> { Name = name, TypeName = "int[]", Shareable = false };

    public FlowBuilder Parameter<T, TCodec>(string parameter, ParameterParser<T> parser, T value, bool shareable = true) where TCodec : struct, ICodec<T>
    {
        _parameters.Add(new ParameterDefinition<T, TCodec> { Name = parameter, Property = parameter, TypeName = typeof(T).Name, Parser = parser, Shareable = shareable });
        _values.Add(value);
        return this;
    }

    public FlowBuilder Step(string step, string inputs, Action<StepFrame> body, params ArtifactDefinition[] makes) =>
        Step(step, inputs, body, makes, after: "");

    public FlowBuilder Step(string step, string inputs, Action<StepFrame> body, ArtifactDefinition[] makes,
        RetryPolicy? retry = null, TimeSpan? timeout = null, int maxParallel = 0, string after = "") =>
        Step(step, inputs, frame => { body(frame); return default; }, makes, retry, timeout, maxParallel, durable: false, after);

    public FlowBuilder Step(string step, string inputs, Func<StepFrame, ValueTask> body, params ArtifactDefinition[] makes) => Step(step, inputs, body, makes, after: "");

    public FlowBuilder Step(string step, string inputs, Func<StepFrame, ValueTask> body, ArtifactDefinition[] makes,
        RetryPolicy? retry = null, TimeSpan? timeout = null, int maxParallel = 0, bool durable = false, string after = "")
    {
        var bound = inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Bind).ToImmutableArray();
        var first = _artifacts.Count;
        _artifacts.AddRange(makes);
        _producers.AddRange(makes.Select(_ => _steps.Count));
        _steps.Add(new StepDefinition
        {
            Name = step,
            Method = step,
            Inputs = bound,
            Scope = [.. bound.SelectMany(ScopeOf).Distinct()],
            FirstArtifact = first,
            ArtifactCount = makes.Length,
            After = [.. after.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(other => new AfterDefinition(_steps.FindIndex(s => s.Name == other)))],
            Retry = retry,
            Timeout = timeout,
            MaxParallel = maxParallel,
            Durable = durable,
            Invoke = body,
        });
        return this;
    }

    public FlowDefinition Build() => Change(new FlowDefinition
    {
        Name = name,
        ClassName = name,
        Parameters = [.. _parameters],
        Artifacts = [.. _artifacts],
        Dimensions = [.. _dimensions],
        Steps = [.. _steps],
        Create = values => values.Clone(),
        ReadParameters = flow => (object?[])flow,
        Defaults = () => Values,
    });

    private InputDefinition Bind(string word)
    {
        var (shape, source) = word.Split(':') is [var prefix, var rest] ? (prefix == "each" ? InputShape.Item : InputShape.Gather, rest) : (InputShape.Value, word);
        var parameter = _parameters.FindIndex(p => p.Name == source);
        var (kind, position) = parameter >= 0 ? (SourceKind.Parameter, parameter) : (SourceKind.Artifact, _artifacts.FindIndex(a => a.Name == source));
        if (shape != InputShape.Item) return new InputDefinition(source, shape, kind, position);

        var dimension = _dimensions.FindIndex(d => d.Name == source);
        if (dimension < 0)
        {
            dimension = _dimensions.Count;
            _dimensions.Add(new DimensionDefinition(source, kind, position, new ItemAccess<int, Int32Codec> { Shareable = true }));
        }

        return new InputDefinition(source, shape, kind, position, dimension);
    }

    private IEnumerable<int> ScopeOf(InputDefinition input) => input.Shape switch
    {
        InputShape.Item => [input.Dimension],
        InputShape.Value when input.Kind == SourceKind.Artifact => _steps[_producers[input.Source]].Scope,
        _ => [],
    };
}
