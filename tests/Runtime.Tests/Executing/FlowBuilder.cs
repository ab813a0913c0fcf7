using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Executing;

/// <summary>
/// Writes flow definitions by hand. Inputs are words: <c>name</c> for a value, <c>each:name</c> for an item, <c>all:name</c> for a gather (<c>all:name@dimension</c> over that one and those nested
/// in it), <c>oneof:a|b</c>, <c>carry:name</c>. Before that may stand what the value comes in (<c>optional:</c>, <c>nullable:</c>, <c>outcome:</c>, <c>handle:</c>, <c>indexed:</c>), <c>stream:</c>, and
/// the least share of successes (<c>min50:</c>). Conditions are words: <c>ok=true</c>, <c>kind=1|2</c>, where <c>_</c> is any other value. Guards and containment follow as the compiler would compute them.
/// </summary>
internal sealed class FlowBuilder(string name = "test")
{
    private readonly List<ParameterDefinition> _parameters = [];
    private readonly List<object?> _values = [];
    private readonly List<ArtifactDefinition> _artifacts = [];
    private readonly List<int> _producers = [];
    private readonly List<DimensionDefinition> _dimensions = [];
    private readonly List<StepDefinition> _steps = [];
    private readonly List<DecisionDefinition> _decisions = [];
    private readonly Dictionary<string, Func<object?, string?>> _labels = [];
    private readonly HashSet<string> _outputs = [];
    private readonly Dictionary<string, string> _code = [];
    private readonly HashSet<string> _edited = [];

    /// <summary>Edits the body of a step, as far as its fingerprint goes; each edit is another one.</summary>
    public FlowBuilder Edited(string step, string edit = "edited")
    {
        _edited.Add($"{step} {edit}");
        return this;
    }

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

    public static ArtifactDefinition Bool(string name) => new ArtifactDefinition<bool, BooleanCodec> { Name = name, TypeName = "bool", Shareable = true };

    /// <summary>A number that is decided upon: these values are told apart, negative ones cannot be.</summary>
    public FlowBuilder Decision(string name, params int[] values)
    {
        var (kind, source) = Source(name);
        _decisions.Add(new DecisionDefinition(name, kind, source, [.. values.Select(value => $"{value}")], IsClosed: false,
            value => (int)value < 0 ? -1 : Array.IndexOf(values, (int)value) is >= 0 and var known ? known : values.Length));
        return this;
    }

    /// <summary>What people call the items of a collection, which is made by a step to come.</summary>
    public FlowBuilder Label(string dimension, Func<object?, string?> label)
    {
        _labels[dimension] = label;
        return this;
    }

    public FlowBuilder Loop(string step, string inputs, Func<int, int, int> body, int max, Func<int, bool> keepGoing, bool stopAtMax = false, string when = "") =>
        Step(step, inputs, frame => { frame.Set(0, body(frame.Value<int>(0), frame.Context.Index is [.., var last] ? last : 0)); return default; }, [Int(step)], null, null, 0, false, "", when,
            new LoopDefinition(max, stopAtMax, 0, (_, value) => keepGoing((int)value!)));

    /// <summary>Runs another flow as a step.</summary>
    /// <param name="step">Its name; that of its artifact if there is one output, and what stands before the names of several.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="inner">The flow; its steps named as outputs are marked.</param>
    /// <param name="outputs">Names of the flow's artifacts that are the step's.</param>
    /// <param name="parameters">The flow's parameters; as they were given to it if there is no such method.</param>
    /// <param name="loop">How it repeats.</param>
    /// <param name="when">Its conditions.</param>
    /// <param name="maxParallel">Limit of the step.</param>
    public FlowBuilder SubFlow(string step, string inputs, FlowBuilder inner, string outputs, Func<StepFrame, object?[]>? parameters = null, LoopDefinition? loop = null, string when = "", int maxParallel = 0)
    {
        var names = outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        inner._outputs.UnionWith(names);
        var flow = inner.Build();
        var positions = names.Select(output => inner._artifacts.FindIndex(artifact => artifact.Name == output)).ToImmutableArray();
        Step(step, inputs, frame => { frame.Set(0, parameters?.Invoke(frame) ?? inner.Values); return default; },
            [.. positions.Select((position, i) => new SubFlowArtifact(flow.Artifacts[position], names.Length == 1 ? step : $"{step}.{names[i]}"))],
            maxParallel: maxParallel, when: when, loop: loop);
        return With(made => made with { SubFlow = new SubFlowDefinition(flow, positions) });
    }

    public FlowBuilder Parameter<T, TCodec>(string parameter, ParameterParser<T> parser, T value, bool shareable = true) where TCodec : struct, ICodec<T>
    {
        _parameters.Add(new ParameterDefinition<T, TCodec> { Name = parameter, Property = parameter, TypeName = typeof(T).Name, Parser = parser, Shareable = shareable });
        _values.Add(value);
        return this;
    }

    public FlowBuilder Step(string step, string inputs, Action<StepFrame> body, params ArtifactDefinition[] makes) =>
        Step(step, inputs, body, makes, after: "");

    public FlowBuilder Step(string step, string inputs, Action<StepFrame> body, ArtifactDefinition[] makes,
        RetryPolicy? retry = null, TimeSpan? timeout = null, int maxParallel = 0, string after = "", string when = "") =>
        Step(step, inputs, frame => { body(frame); return default; }, makes, retry, timeout, maxParallel, durable: false, after, when);

    public FlowBuilder Step(string step, string inputs, Func<StepFrame, ValueTask> body, params ArtifactDefinition[] makes) => Step(step, inputs, body, makes, after: "");

    public FlowBuilder Step(string step, string inputs, Func<StepFrame, ValueTask> body, ArtifactDefinition[] makes,
        RetryPolicy? retry = null, TimeSpan? timeout = null, int maxParallel = 0, bool durable = false, string after = "", string when = "", LoopDefinition? loop = null)
    {
        var bound = inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Bind).ToImmutableArray();
        var first = _artifacts.Count;
        _code[step] = $"{inputs}|{string.Join(",", makes.Select(artifact => artifact.TypeName))}";
        _artifacts.AddRange(makes);
        _producers.AddRange(makes.Select(_ => _steps.Count));
        _steps.Add(new StepDefinition
        {
            Name = step,
            Method = step,
            Inputs = bound,
            Scope = ScopeOf(bound),
            Guard = GuardOf(bound, when),
            Loop = loop,
            FirstArtifact = first,
            ArtifactCount = makes.Length,
            After = [.. after.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(other => new AfterDefinition(_steps.FindIndex(s => s.Name == other.TrimEnd('!')), other.EndsWith('!')))],
            Retry = retry,
            Timeout = timeout,
            MaxParallel = maxParallel,
            Durable = durable,
            TakesContext = true,
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
        Decisions = [.. _decisions],
        Steps = [.. _steps.Select((step, i) => step with
        {
            Contained = IsContained(i),
            Inputs = [.. step.Inputs.Select(input => input.Shape == InputShape.Gather ? input with { Dimension = -1 } : input)],
        })],
        Create = values => values.Clone(),
        ReadParameters = flow => (object?[])flow,
        Defaults = () => Values,
        Code = Code(),
    });

    /// <summary>What the generator would say: each step is one piece of code, and reads no parameter but its inputs.</summary>
    private string Code()
    {
        var edits = _steps.Select(step => _code[step.Name] + string.Concat(_edited.Where(edit => edit.StartsWith(step.Name + " ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
        var values = edits.Select(text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]);
        return string.Join("\n", _steps.Zip(values, (step, value) => $"part member {value} TestFlow.{step.Name}").Concat(_steps.Select((step, i) => $"step {step.Name} {i}")));
    }

    private (SourceKind Kind, int Position) Source(string name) =>
        _parameters.FindIndex(p => p.Name == name) is >= 0 and var parameter ? (SourceKind.Parameter, parameter) : (SourceKind.Artifact, _artifacts.FindIndex(a => a.Name == name));

    private InputDefinition Bind(string word)
    {
        var words = word.Split(':');
        var (shape, wrap, share, isStream) = (InputShape.Value, InputWrap.None, 1.0, false);
        foreach (var prefix in words[..^1])
        {
            if (prefix == "stream") isStream = true;
            else if (prefix.StartsWith("min", StringComparison.Ordinal)) share = int.Parse(prefix[3..]) / 100.0;
            else if (Enum.TryParse<InputWrap>(prefix, ignoreCase: true, out var known)) wrap = known;
            else shape = prefix switch { "each" => InputShape.Item, "all" => InputShape.Gather, "oneof" => InputShape.OneOf, "carry" => InputShape.Carry, _ => throw new ArgumentException(word) };
        }

        var names = words[^1].Split('@')[0].Split('|');
        var (kind, position) = Source(names[0]);
        var input = new InputDefinition(names[0], shape, kind, position) { Wrap = wrap, MinSuccess = share, IsStream = isStream };
        if (shape == InputShape.OneOf) return input with { Alternatives = [.. names.Select(name => Source(name).Position)] };
        // Where a gather is over is told by its dimension, for as long as the flow is built.
        if (words[^1].Split('@') is [_, var over]) return input with { Dimension = _dimensions.FindIndex(d => d.Name == over) };
        if (shape != InputShape.Item) return input;

        var dimension = _dimensions.FindIndex(d => d.Name == names[0]);
        if (dimension < 0)
        {
            dimension = _dimensions.Count;
            _dimensions.Add(new DimensionDefinition(names[0], kind, position, new ItemAccess<int, Int32Codec> { Shareable = true }) { Label = _labels.GetValueOrDefault(names[0]) });
        }

        return input with { Dimension = dimension };
    }

    private ImmutableArray<int> OwnScope(int dimension) => _dimensions[dimension] is { Kind: SourceKind.Artifact, Source: var source } ? _steps[_producers[source]].Scope : [];

    private ImmutableArray<int> ScopeOf(ImmutableArray<InputDefinition> inputs)
    {
        var items = inputs.Where(input => input.Shape == InputShape.Item).SelectMany(input => OwnScope(input.Dimension).Append(input.Dimension));
        return [.. items.Concat(inputs.Select(ScopeOf).OrderByDescending(scope => scope.Count()).SelectMany(scope => scope)).Distinct()];
    }

    private IEnumerable<int> ScopeOf(InputDefinition input)
    {
        if (input.Kind == SourceKind.Parameter || input.Shape == InputShape.Item) return [];
        var scope = _steps[_producers[input.Source]].Scope;
        return input.Shape != InputShape.Gather ? scope
            : input.Dimension < 0 ? []
            : scope.Where(dimension => dimension != input.Dimension && !OwnScope(dimension).Contains(input.Dimension));
    }

    private ImmutableArray<GuardDefinition> GuardOf(ImmutableArray<InputDefinition> inputs, string when)
    {
        var guard = new SortedDictionary<int, GuardDefinition>();
        foreach (var condition in when.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, values) = (condition.Split('=')[0], condition.Split('=')[1].Split('|'));
            var decision = _decisions.FindIndex(d => d.Name == name);
            if (decision < 0)
            {
                var (kind, source) = Source(name);
                decision = _decisions.Count;
                _decisions.Add(new DecisionDefinition(name, kind, source, ["true", "false"], IsClosed: true, value => (bool)value ? 0 : 1));
            }

            string[] all = [.. _decisions[decision].Values, .. _decisions[decision].IsClosed ? (string[])[] : ["_"]];
            Add(new GuardDefinition(decision, [.. all.Select(values.Contains)]));
            if (_decisions[decision] is { Kind: SourceKind.Artifact, Source: var made }) foreach (var side in _steps[_producers[made]].Guard) Add(side);
        }

        foreach (var input in inputs.Where(input => input.Kind == SourceKind.Artifact && input.Wrap is not (InputWrap.Nullable or InputWrap.Optional) && input.Shape is not (InputShape.Gather or InputShape.OneOf)))
            foreach (var side in _steps[_producers[input.Source]].Guard) Add(side with { IsInherited = true });
        return [.. guard.Values];

        void Add(GuardDefinition side) => guard[side.Decision] = guard.TryGetValue(side.Decision, out var known)
            ? new GuardDefinition(side.Decision, [.. known.Allowed.Zip(side.Allowed, (a, b) => a && b)]) { IsInherited = known.IsInherited && side.IsInherited } : side;
    }

    /// <summary>Whether everyone who needs the step's artifacts, as an input or to be decided upon, accepts its failure.</summary>
    private bool IsContained(int step)
    {
        if (_artifacts.Where((artifact, position) => _producers[position] == step && _outputs.Contains(artifact.Name)).Any()) return false;
        var needs = from consumer in Enumerable.Range(step + 1, _steps.Count - step - 1)
                    from input in _steps[consumer].Inputs
                    where input.Kind == SourceKind.Artifact && (input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source]).Any(source => _producers[source] == step)
                    select input.Wrap == InputWrap.Outcome || input.MinSuccess < 1 || IsContained(consumer);
        var named = from consumer in Enumerable.Range(step + 1, _steps.Count - step - 1)
                    from side in _steps[consumer].Guard
                    where !side.IsInherited && _decisions[side.Decision] is { Kind: SourceKind.Artifact, Source: var source } && _producers[source] == step
                    select IsContained(consumer);
        return needs.Concat(named).Any() && needs.Concat(named).All(accepts => accepts);
    }
}
