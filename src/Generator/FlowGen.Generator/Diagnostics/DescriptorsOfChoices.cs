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
}
