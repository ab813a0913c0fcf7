using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads and checks the policies of a step.</summary>
internal static class PolicyParser
{
    private static readonly TimeSpan DefaultBackoff = TimeSpan.FromSeconds(1);

    public static void Parse(StepDeclaration step, FlowContext context)
    {
        var (method, known) = (step.Attributed, context.Known);
        var policies = new PolicyModel
        {
            Retry = method.Attribute(known.Retry) is { } retry ? Retry(step, retry, context) : null,
            Timeout = method.Attribute(known.Timeout) is { } timeout ? BadTimeout.Check(step, timeout, context) : null,
            Resources = method.Attribute(known.Resources) is { } resources ? Resources(step, resources, context) : null,
            Environment = Environment(step, context).ToEquatable(),
            Isolated = method.Attribute(known.Isolated) is not null,
            RateLimit = method.Attribute(known.RateLimit) is { } rate ? BadRateLimit.Check(step, rate, context) : null,
            Cache = method.Attribute(known.Cache) is { } cache ? Cache(step, cache, context) : null,
            Inline = method.Attribute(known.Inline) is not null,
            Gang = method.Attribute(known.Gang) is { } gang ? BadGangSize.Check(step, gang, context) : 1,
        };
        TimeoutWithoutToken.Check(step, policies, context);
        ConflictingPolicies.Check(step, context);
        step.Policies = policies;
    }

    private static RetryModel? Retry(StepDeclaration step, AttributeData retry, FlowContext context)
    {
        var longest = BadMaxBackoff.Check(step, retry, context);
        var backoff = retry.Named("Backoff") is string text ? BadBackoff.Check(step, retry, text, context) : DefaultBackoff;
        var on = BadRetryFilter.Check(step, retry, "On", context);
        var except = BadRetryFilter.Check(step, retry, "Except", context);
        UselessRetry.Check(step, retry, on, except, context);
        return RetryOutOfRange.Check(step, retry, context) is { } times && backoff is { } wait
            ? new RetryModel(times, wait, longest, Models(on), Models(except))
            : null;
    }

    private static EquatableArray<ExceptionModel> Models(IReadOnlyList<INamedTypeSymbol>? types) =>
        (types ?? []).Select(type => new ExceptionModel(type.FullName(), type.Shown())).ToEquatable();

    private static ResourceModel? Resources(StepDeclaration step, AttributeData resources, FlowContext context)
    {
        var memory = BadQuantity.Check(step, resources, "Memory", context);
        var disk = BadQuantity.Check(step, resources, "Disk", context);
        var (cpu, gpu) = ResourceOutOfRange.Check(step, resources, context);
        var growth = BadMemoryGrowth.Check(step, resources, memory, context);
        EmptyResources.Check(step, resources, context);
        return new ResourceModel(cpu, memory ?? 0, gpu, disk ?? 0, growth?.Factor ?? 1, growth?.Limit ?? memory ?? 0);
    }

    private static IEnumerable<VariableModel> Environment(StepDeclaration step, FlowContext context)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in step.Attributed.Attributes(context.Known.Environment))
        {
            if (attribute.Text(0) is not { } name || attribute.Text(1) is not { } value) continue;
            if (BadVariable.Check(step, attribute, name, value, context) && !names.Add(name)) DuplicateVariable.Report(step, attribute, name, context);
            else yield return new VariableModel(name, value);
        }
    }

    private static CacheModel Cache(StepDeclaration step, AttributeData cache, FlowContext context)
    {
        CacheWithoutArtifacts.Check(step, cache, context);
        return new CacheModel(BadCacheVersion.Check(step, cache, context));
    }
}
