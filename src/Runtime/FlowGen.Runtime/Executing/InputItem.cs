using FlowGen.Runs;

namespace FlowGen.CompilerServices;

/// <summary>One producer's result as generated code turns it into what a step takes. Made by the runtime; <see cref="InputWraps"/> reads it.</summary>
public readonly struct InputItem
{
    internal bool Exists { get; init; }

    internal object? Value { get; init; }

    internal StepError? Error { get; init; }

    internal TaskIndex Index { get; init; }
}
