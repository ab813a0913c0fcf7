using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads and checks the policies of a step.</summary>
internal static class PolicyParser
{
    private static readonly TimeSpan DefaultBackoff = TimeSpan.FromSeconds(1);

    public static void Parse(StepDeclaration step, FlowContext context)
    {
        if (step.Attributed.Attribute(context.Known.Retry) is { } retry)
        {
            var backoff = retry.Named("Backoff") is string text ? BadBackoff.Check(step, retry, text, context) : DefaultBackoff;
            if (RetryOutOfRange.Check(step, retry, context) is { } times && backoff is { } wait) step.Retry = new RetryModel(times, wait);
        }
        if (step.Attributed.Attribute(context.Known.Timeout) is { } timeout)
        {
            step.Timeout = BadTimeout.Check(step, timeout, context);
            TimeoutWithoutToken.Check(step, timeout, context);
        }
    }
}
