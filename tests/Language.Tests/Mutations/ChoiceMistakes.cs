using Language.Tests.Flows;
using static Language.Tests.Mutations.TextMutation;

namespace Language.Tests.Mutations;

/// <summary>Conditions, alternatives and loops that say nothing or never hold.</summary>
internal static class ChoiceMistakes
{
    public static IReadOnlyList<TextMutation> All { get; } =
    [
        Replaced("depend on nobody", "UnknownDecision", PlainStep, "[Step, When(\"nobody\", 1)"),
        Replaced("depend on the rest of nobody", "UnknownDecision", PlainStep, "[Step, Otherwise(\"nobody\")"),
        Decided("name no value", "BadDecisionValue", Kind.Choice, "When(\"{0}\")"),
        Decided("name a value that is none", "BadDecisionValue", Kind.Choice, "When(\"{0}\", (Choice)7)"),
        Decided("name null", "BadDecisionValue", Kind.Letter, "When(\"{0}\", [null!])"),
        Decided("need two values at once", "DeadBranch", Kind.Choice, "When(\"{0}\", Choice.A), When(\"{0}\", Choice.B)"),
        Decided("need true and false", "DeadBranch", Kind.Flag, "When(\"{0}\"), When(\"{0}\", false)"),
        new("leave nothing for the rest", "EmptyOtherwise", (flow, code) => Decision(flow, Kind.Choice) is { } name && !code.Contains($"Otherwise(\"{name}\")", StringComparison.Ordinal)
            ? Added(code, $"[Step, When(\"{name}\", Choice.A, Choice.B, Choice.C)] public static void Zeta() {{ }} [Step, Otherwise(\"{name}\")] public static void Eta() {{ }}") : null),
        new("decide by a fraction", "UndecidableType", (_, code) => Added(code, "[Step] public static double Zeta() => 1; [Step, When(\"zeta\", 1)] public static void Eta() { }")),
        new("decide for each item outside", "DecisionOutsideScope", (_, code) => Added(code,
            "[Step] public static long[] Zeta() => [1]; [Step] public static bool Eta([ForEach(\"zeta\")] long one) => true; [Step, When(\"eta\")] public static void Theta() { }")),
        new("merge what always runs", "AlternativesNotExclusive", (_, code) => Added(code,
            "[Step] public static int Zeta() => 1; [Step] public static int Eta() => 1; [Step] public static void Theta([OneOf(\"zeta\", \"eta\")] int one) { }")),
        new("forget a branch", "AlternativesNotExhaustive", (_, code) => Added(code, """
            [Step] public static Choice Zeta() => Choice.A; [Step, When("zeta", Choice.A)] public static int Eta() => 1; [Step, When("zeta", Choice.B)] public static int Theta() => 1;
                [Step] public static void Iota([OneOf("eta", "theta")] int one) { }
            """)),
        new("need both branches", "DeadBranch", (_, code) => Added(code, """
            [Step] public static Choice Zeta() => Choice.A; [Step, When("zeta", Choice.A)] public static int Eta() => 1; [Step, Otherwise("zeta")] public static int Theta() => 1;
                [Step] public static void Iota(int eta, int theta) { }
            """)),
        Inner("try a flow again", "SubFlowPolicy", "[SubFlow, Retry(2)]", "[Step, Output] public static int One() => 1;"),
        Inner("be a step and a flow", "StepAndSubFlow", "[Step, SubFlow]", "[Step, Output] public static int One() => 1;"),
        Inner("run a flow for nothing", "SubFlowWithoutOutputs", "[Step] public static int Eta([From(\"zeta\")] int one) => 1; [SubFlow]", "[Step] public static int One() => 1;"),
        Inner("give back what is made for each item", "OutputForEachItem", "[SubFlow]", "[Step] public static int[] All() => [1]; [Step, Output] public static int One([ForEach(nameof(All))] int item) => item;"),
        Inner("give back what may be skipped", "OutputMayBeSkipped", "[SubFlow]", "[Step] public static bool Is() => true; [Step, When(nameof(Is)), Output] public static int One() => 1;"),
        Inner("give back nothing", "OutputWithoutArtifacts", "[SubFlow]", "[Step, Output] public static void One() { } [Step, Output] public static int Two() => 1;"),
        Member("run what is no flow", "SubFlowWithoutFlow", "[SubFlow] public static string Zeta() => \"\";"),
        Replaced("repeat while nobody", "BadLoopPredicate", LoopWhile, "Loop(\"Nobody\", "),
        new("repeat while a step", "BadLoopPredicate", (flow, code) => LoopWhile.IsMatch(code) ? LoopWhile.Replace(code, $"Loop(\"{flow.Steps[0].Method}\", ", 1) : null),
        new("repeat without an end", "BadLoopMax", (flow, code) => flow.Steps.FirstOrDefault(step => step.Loop is not null)?.Loop is { } loop
            ? code.Replace($", Max = {loop.Max}", "", StringComparison.Ordinal) : null),
    ];

    /// <summary>Adds a step that depends on an artifact of a kind.</summary>
    private static TextMutation Decided(string name, string rule, Kind kind, string conditions) => new(name, rule, (flow, code) => Decision(flow, kind) is { } decision
        ? Added(code, $"[Step, {conditions.Replace("{0}", decision, StringComparison.Ordinal)}] public static void Zeta() {{ }}") : null);

    /// <summary>Adds a step that runs another flow, and that flow.</summary>
    private static TextMutation Inner(string name, string rule, string attributes, string steps) => new(name, rule, (flow, code) =>
        Added(code, $"{attributes} public static {flow.Name}_Inner Zeta() => new();") + $"[Flow(\"{flow.Name.ToLowerInvariant()}-inner\")] public partial class {flow.Name}_Inner {{ {steps} }}\n");

    private static string? Decision(FlowSpec flow, Kind kind)
    {
        var scopes = Reference.Analysis.Of(flow).Scopes;
        return flow.Sources.Where(source => flow.KindOf(source) == kind && !flow.IsNullable(source) && scopes.Of(source).Count == 0).Select(flow.NameOf).FirstOrDefault();
    }
}
