using FlowGen.CompilerServices;

namespace FlowGen.Executing.Policies;

/// <summary>The budget of attempts whose process was lost: no fault of the step, so no matter of its <see cref="RetryAttribute"/>; but what always ends like that must end some time.</summary>
internal static class SystemRetries
{
    public const int Times = 3;

    public static RetryPolicy Policy { get; } = new(Times, TimeSpan.FromMilliseconds(200));

    /// <summary>Only a place of its own can be lost without the run.</summary>
    public static int Of(StepDefinition step, bool isRemote) => step.SubFlow is null && (step.HasOwnProcess || isRemote && !step.Inline) ? Times : 0;
}
