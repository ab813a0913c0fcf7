using FlowGen.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FlowGen.Executing;

/// <summary>Finds services that methods of a flow take and nobody has registered, before anything of a run exists.</summary>
internal static class ServiceCheck
{
    /// <exception cref="FlowException">FG1015: services are missing; each is told once.</exception>
    public static void Check(FlowDefinition flow, IServiceProvider? services)
    {
        foreach (var inner in flow.Steps.Select(step => step.SubFlow).OfType<SubFlowDefinition>()) Check(inner.Flow, services);
        if (flow.PerWorker.IsEmpty && flow.Steps.All(step => step.Services.IsEmpty && step.SubFlow is null)) return;
        var taken = Taken(flow, "")
            .Where(taken => !taken.Service.IsOptional)
            .DistinctBy(taken => taken.Service.Type).ToList();
        if (taken.Count == 0) return;

        // Containers that cannot say what they have fail the attempts.
        var known = services?.GetService<IServiceProviderIsService>();
        if (services is not null && known is null) return;
        taken.RemoveAll(missing => known?.IsService(missing.Service.Type) ?? false);
        if (taken.Count > 0) throw new FlowException("FG1015", string.Join(' ', taken.Select(missing => $"{missing.Who} takes the service '{missing.Service.TypeName} {missing.Service.Name}', {Edit(flow, missing.Service, services)}")), 2);
    }

    /// <summary>Of the flow, and of the flows that are steps of it.</summary>
    private static IEnumerable<(string Who, ServiceDefinition Service)> Taken(FlowDefinition flow, string prefix) =>
        flow.Steps.SelectMany(step => step.Services, (step, service) => (Who: $"Step '{prefix}{step.Name}'", Service: service))
            .Concat(flow.PerWorker.SelectMany(resource => resource.Services, (resource, service) => (Who: $"[PerWorker] {resource.Method}", Service: service)))
            .Concat(flow.Steps.Where(step => step.SubFlow is not null).SelectMany(step => Taken(step.SubFlow!.Flow, $"{prefix}{step.Name}/")));

    private static string Edit(FlowDefinition flow, ServiceDefinition service, IServiceProvider? services)
    {
        var line = $"app.Services.AddSingleton<{service.TypeName}{(service.Type.IsInterface || service.Type.IsAbstract ? ", ..." : "")}>();";
        return services is not null
            ? $"which is not registered; add '{line}', or make the parameter nullable."
            : $"but the run is given no services; write 'var app = FlowApp.CreateBuilder(args); {line} return await app.RunAsync<{flow.ClassName}>();', or where it is started from code set RunOptions.Services.";
    }
}
