using Language.Tests.Flows;
using static Language.Tests.Mutations.TextMutation;

namespace Language.Tests.Mutations;

/// <summary>Inputs that come from nowhere, from the wrong place, or in a circle.</summary>
internal static class BindingMistakes
{
    public static IReadOnlyList<TextMutation> All { get; } =
    [
        Removed("remove a producer", "UnknownSource", (flow, step) => step.Inputs.Where(input => !IsByName(flow, input)).SelectMany(Steps)),
        Removed("remove what is taken by name", "UnknownInput", (flow, step) => step.Inputs.Where(input => IsByName(flow, input)).SelectMany(Steps)),
        Removed("remove a predecessor", "UnknownPredecessor", (_, step) => step.After.Select(after => after.Step)),
        Removed("remove a decision", "UnknownDecision", (_, step) => step.Conditions.Where(condition => !condition.Decision.IsParameter).Select(condition => condition.Decision.Step)),
        new("rename a producer", "UnknownSource", (flow, code) => flow.Steps.FirstOrDefault(step => step.Outputs is [var only] && only.Name == FlowRenderer.Camel(step.Name)
            && flow.Steps.Any(other => other.Inputs.Any(input => input.Sources.Any(source => !source.IsParameter && flow.Steps[source.Step] == step && !IsByName(flow, input))))) is { } named
            ? code.Replace($" {named.Method}(", " Zuse(", StringComparison.Ordinal) : null),
        Replaced("name nobody as a value", "UnknownSource", FromValue, "[From(\"nobody\")] $2 $3"),
        Replaced("name nobody as a collection", "UnknownSource", ForEachItem, "[ForEach(\"nobody\")] $2 $3"),
        Replaced("name nobody as what is gathered", "UnknownSource", GatherAll, "[Gather(\"nobody\")] "),
        Replaced("name nobody as an alternative", "UnknownSource", OneOfMany, "[OneOf(\"nobody\", "),
        Replaced("gather over nobody", "ForeignOver", GatherAll, "[Gather(\"$1\", Over = \"nobody\")] "),
        Replaced("come after nobody", "UnknownPredecessor", PlainStep, "[Step, After(\"nobody\")"),
        Member("take what nobody makes", "UnknownInput", "[Step] public static long Zeta(long nobody) => 1;"),
        new("name a step without one artifact", "SourceWithoutSingleArtifact", (flow, code) => flow.Steps.FirstOrDefault(step => step.Outputs.Length != 1) is { } many
            ? Added(code, $"[Step] public static long Zeta([From(\"{FlowRenderer.Camel(many.Name)}\")] long one) => 1;") : null),
        Replaced("take another type", "InputTypeMismatch", FromNumber, "[From(\"$1\")] Guid $2"),
        Replaced("take items of another type", "ItemTypeMismatch", ForEachItem, "[ForEach(\"$1\")] Guid $3"),
        Input("take a wider number", "InputTypeMismatch", Kind.Digit, "[From(\"{0}\")] long one"),
        Scoped("gather another type", "UnsupportedGatherType", Kind.Number, "[Gather(\"{0}\")] Guid[] all"),
        Scoped("gather into a set", "UnsupportedGatherType", Kind.Number, "[Gather(\"{0}\")] HashSet<long> all"),
        Scoped("iterate and gather", "ConflictingBindings", Kind.Numbers, "[Gather(\"{0}\"), ForEach(\"{0}\")] long one"),
        Scoped("gather more than all", "BadMinSuccess", Kind.Number, "[Gather(\"{0}\", MinSuccess = 1.5)] long[] all"),
        Input("gather what exists once", "NothingToGather", Kind.Number, "[Gather(\"{0}\")] long[] all"),
        Input("iterate what is no list", "NotIterable", Kind.Flag, "[ForEach(\"{0}\")] bool one"),
        Input("iterate text", "NotIterable", Kind.Letter, "[ForEach(\"{0}\")] char one"),
        Input("run less than nothing at once", "BadMaxParallel", Kind.Numbers, "[ForEach(\"{0}\", MaxParallel = -1)] long one"),
        Input("label by nothing", "BadLabel", Kind.Numbers, "[ForEach(\"{0}\", Label = \"Nothing\")] long one"),
        Input("give an input a default", "OptionalInput", Kind.Number, "[From(\"{0}\")] long one = 3"),
        Input("nest shapes", "MeaninglessShape", Kind.Number, "[From(\"{0}\")] Optional<Outcome<long>> one"),
        Input("take a handle that may be null", "MeaninglessShape", Kind.Number, "[From(\"{0}\")] Artifact<long>? one"),
        Input("bind a service", "BoundService", Kind.Number, "[From(\"{0}\")] StepContext context"),
        Member("wait for oneself", "Cycle", "[Step] public static long Zeta(long zeta) => 1;"),
        Member("wait for each other", "Cycle", "[Step] public static long Zeta(long eta) => 1; [Step] public static long Eta(long theta) => 1; [Step] public static long Theta(long zeta) => 1;"),
        new("come after one's consumer", "Cycle", (flow, code) => Circle(flow, code, step => step.Inputs.SelectMany(Steps), consumer => $"After(\"{FlowRenderer.Camel(consumer.Name)}\")")),
        new("clean up after one's consumer", "Cycle", (flow, code) => Circle(flow, code, step => step.Inputs.SelectMany(Steps), consumer => $"After(\"{FlowRenderer.Camel(consumer.Name)}\", Always = true)")),
        new("come after who depends on one", "Cycle", (flow, code) => Circle(flow, code, step => step.Conditions.Where(condition => !condition.Decision.IsParameter).Select(condition => condition.Decision.Step), consumer => $"After(\"{FlowRenderer.Camel(consumer.Name)}\")")),
    ];

    private static bool IsByName(FlowSpec flow, InputSpec input) => input.Shape == Shape.Plain && input.Name == FlowRenderer.Camel(flow.NameOf(input.Source));

    private static IEnumerable<int> Steps(InputSpec input) => input.Sources.Where(source => !source.IsParameter).Select(source => source.Step);

    /// <summary>Attaches to a step that another one waits for something that makes it wait for that one.</summary>
    private static string? Circle(FlowSpec flow, string code, Func<StepSpec, IEnumerable<int>> predecessors, Func<StepSpec, string> attribute) =>
        flow.Steps.SelectMany(step => predecessors(step).Select(before => Attached(code, flow.Steps[before], attribute(step)))).FirstOrDefault();
}
