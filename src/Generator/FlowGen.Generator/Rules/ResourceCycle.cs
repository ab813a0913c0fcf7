using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0632: resources that need each other are never opened.</summary>
internal static class ResourceCycle
{
    public static void Report(IReadOnlyList<int> cycle, FlowContext context)
    {
        var resources = cycle.Select(number => context.Resources[number]).ToList();
        var path = string.Join(" -> ", resources.Concat([resources[0]]).Select(resource => resource.Name));
        context.Report(Descriptors.ResourceCycle, resources[0].Place, resources.Skip(1).Select(resource => resource.Place), resources[0].Name, path);
    }
}
