using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>FG04xx: choices, loops and failure as data.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor UnknownDecision = Error("FG0401", "A condition names no decision",
        "step '{0}' depends on '{1}', which is {2}; {3}");

    public static readonly DiagnosticDescriptor UndecidableType = Error("FG0402", "A decision has a type that does not decide",
        "step '{0}' depends on {1}, which is '{2}', expected a bool, enum, integer or string that is never null; {3}");

    public static readonly DiagnosticDescriptor BadDecisionValue = Error("FG0403", "A condition names a value that its decision never has",
        "step '{0}' names {1} as a value of {2}, expected {3}; write it like {4}");

    public static readonly DiagnosticDescriptor DuplicateDecisionValue = Error("FG0404", "A condition names a value twice",
        "step '{0}' names {1} twice as a value of {2}; remove it once, or name another value");

    public static readonly DiagnosticDescriptor ConflictingConditions = Error("FG0405", "A step has When and Otherwise on the same decision",
        "step '{0}' has [When] and [Otherwise] on {1}, which never hold together; remove one of them");

    public static readonly DiagnosticDescriptor EmptyOtherwise = Error("FG0406", "Otherwise has nothing to stand for",
        "step '{0}' has [Otherwise] on {1}, but {2}; {3}");

    public static readonly DiagnosticDescriptor UncoveredValues = Warning("FG0407", "No step runs for some values of a decision",
        "{0} has a [When] for {1}, but none for {2}; add [Otherwise({3})] to a step, or a [When] for the rest");

    public static readonly DiagnosticDescriptor DecisionOutsideScope = Error("FG0408", "A decision is made for each item, but not the step that depends on it",
        "step '{0}' depends on {1}, which is made for each item of {2}, but {3}; take an input that is made for each item of {2}, or gather the decisions and decide in one step");

    public static readonly DiagnosticDescriptor DeadBranch = Error("FG0409", "A step can never run",
        "step '{0}' can never run, since it needs '{1}' to be {2}; {3}");

    public static readonly DiagnosticDescriptor BadAlternatives = Error("FG0410", "OneOf does not name two or more artifacts",
        "input '{0}' of step '{1}' has [OneOf] with {2}, expected two or more artifacts of which one is made; {3}");

    public static readonly DiagnosticDescriptor AlternativesNotExclusive = Error("FG0411", "Two alternatives can both be made",
        "input '{0}' of step '{1}' takes one of '{2}' and '{3}', but both can be made ({4}); let them depend on different values of one decision");

    public static readonly DiagnosticDescriptor AlternativesNotExhaustive = Error("FG0412", "It can be that no alternative is made",
        "input '{0}' of step '{1}' takes one of {2}, but none is made when {3}; add an alternative for it{4}");

    public static readonly DiagnosticDescriptor ScatteredAlternatives = Error("FG0413", "Alternatives are made for items of different collections",
        "input '{0}' of step '{1}' takes one of '{2}', made for each item of {3}, and '{4}', made {5}; make both for the same items, or gather one");

    public static readonly DiagnosticDescriptor BadLoopMax = Error("FG0414", "A loop does not say how often it may repeat",
        "step '{0}' has [Loop] {1}, expected the most iterations there may be, 1 or more; write [Loop(..., Max = 100)]");

    public static readonly DiagnosticDescriptor BadLoopPredicate = Error("FG0415", "A loop names no method that says whether to go on",
        "step '{0}' loops while '{1}', {2}; {3}");

    public static readonly DiagnosticDescriptor LoopWithoutCarry = Error("FG0416", "A loop carries nothing from one iteration to the next",
        "step '{0}' has [Loop], but {1}; {2}");

    public static readonly DiagnosticDescriptor CarryWithoutLoop = Error("FG0417", "An input carries on a result of a step that does not repeat",
        "input '{0}' of step '{1}' has [Carry], but the step does not repeat; write [From] instead, or add [Loop(...)] to the step");

    public static readonly DiagnosticDescriptor CarryTypeMismatch = Error("FG0418", "An iteration makes something else than the next one takes",
        "input '{0}' of step '{1}' carries on '{2}', but {3}; {4}");

    public static readonly DiagnosticDescriptor StatefulPredicate = Error("FG0419", "What says whether a loop goes on reads more than its result and parameters",
        "step '{0}' asks '{3}' whether to go on, which uses '{1}'{2}, expected the result and parameters only; put it into the result, or make it a [Parameter]");

    public static readonly DiagnosticDescriptor OutputForEachItem = Error("FG0420", "An output is made for each item",
        "step '{0}' is an [Output] but runs for each item of {1}, and whoever runs the flow gets one value; collect it in a step with [Gather] '{2}' and mark that one");

    public static readonly DiagnosticDescriptor OutputMayBeSkipped = Error("FG0421", "An output may be skipped",
        "step '{0}' is an [Output] but runs only when {1}, and whoever runs the flow always gets it; take '{2}' and what is made otherwise in a step with [OneOf] or a nullable input, and mark that one");
}
