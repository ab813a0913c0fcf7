namespace Language.Tests.Reference;

/// <summary>Why a flow is not well-formed. The names are those of the compiler's rules.</summary>
internal enum Mistake
{
    // binding
    MeaninglessShape,
    NotIterable,
    ItemTypeMismatch,
    InputTypeMismatch,
    NullableMismatch,
    UnsupportedGatherType,
    BadMinSuccess,
    BadAlternatives,

    // loops
    LoopWithoutCarry,
    CarryWithoutLoop,
    CarryTypeMismatch,
    BadLoopMax,

    // conditions
    UndecidableType,
    BadDecisionValue,
    DuplicateDecisionValue,
    ConflictingConditions,
    EmptyOtherwise,

    // scopes
    RepeatedForEach,
    ScatteredAlternatives,
    SilentMultiplication,
    NothingToGather,
    ForeignOver,
    AmbiguousGather,
    DimensionOrder,

    // guards
    DecisionOutsideScope,
    AlternativesNotExclusive,
    AlternativesNotExhaustive,
    DeadBranch,

    // lists and nulls
    UnequalGathers,
    AmbiguousNull,
}
