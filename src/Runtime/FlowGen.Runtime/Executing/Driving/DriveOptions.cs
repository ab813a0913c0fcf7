using System.Collections.Immutable;
using System.Globalization;
using FlowGen.Runs;

namespace FlowGen.Executing.Driving;

/// <summary>How a run is driven that goes on under another driver, by the names of the options: recorded when it is submitted, so that every driver of it does the same.</summary>
internal static class DriveOptions
{
    private const string MaxParallel = "max-parallel", FailFast = "fail-fast", CacheAll = "cache", Cpus = "flow-cpus", Memory = "flow-memory";

    public static ImmutableSortedDictionary<string, string> Of(RunRequest request)
    {
        var options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (request.MaxParallel > 0) options[MaxParallel] = request.MaxParallel.ToString(CultureInfo.InvariantCulture);
        if (request.FailFast) options[FailFast] = "true";
        if (request.CacheAll) options[CacheAll] = "true";
        if (request.Cpus > 0) options[Cpus] = request.Cpus.ToString(CultureInfo.InvariantCulture);
        if (request.Memory > 0) options[Memory] = request.Memory.ToString(CultureInfo.InvariantCulture);
        return options.ToImmutable();
    }

    /// <summary>The request with what was recorded; what makes no sense is left out.</summary>
    public static RunRequest Apply(RunRequest request, RunSubmitted? submission) => submission is not { Options: var options } ? request : request with
    {
        MaxParallel = request.MaxParallel > 0 ? request.MaxParallel : int.TryParse(options.GetValueOrDefault(MaxParallel), CultureInfo.InvariantCulture, out var most) ? most : 0,
        FailFast = request.FailFast || options.ContainsKey(FailFast),
        CacheAll = request.CacheAll || options.ContainsKey(CacheAll),
        Cpus = request.Cpus > 0 ? request.Cpus : double.TryParse(options.GetValueOrDefault(Cpus), CultureInfo.InvariantCulture, out var cpus) ? cpus : 0,
        Memory = request.Memory > 0 ? request.Memory : long.TryParse(options.GetValueOrDefault(Memory), CultureInfo.InvariantCulture, out var memory) ? memory : 0,
    };
}
