using FlowGen.CompilerServices;

namespace FlowGen.Executing.Policies;

/// <summary>One policy of steps as text: the same for showing, recording and changing it.</summary>
/// <param name="Name">Such as <c>retry</c>.</param>
/// <param name="Form">What a value is, with an example.</param>
/// <param name="Get">The value that a step has, or <c>null</c> if it has none.</param>
/// <param name="Set">The step with another value; <c>null</c> if the text is none. Without it the policy can only be written in code.</param>
internal sealed record PolicyText(string Name, string Form, Func<StepDefinition, string?> Get, Func<StepDefinition, string, StepDefinition?>? Set = null);
