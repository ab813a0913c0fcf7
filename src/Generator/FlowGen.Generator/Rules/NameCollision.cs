using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0116: steps, artifacts, parameters and resources share one namespace; only a step and its own single artifact may share a name.</summary>
internal static class NameCollision
{
    public static void Check(FlowContext context)
    {
        var taken = new Dictionary<string, (string Description, Location Place)>(StringComparer.OrdinalIgnoreCase);
        void Add(string name, string description, Location place, bool report = true)
        {
            if (!taken.TryGetValue(name, out var other)) taken.Add(name, (description, place));
            else if (report) context.Report(Descriptors.NameCollision, place, [other.Place], description, other.Description, "rename one of them");
        }

        foreach (var parameter in context.Parameters) Add(parameter.Name, parameter.Description, parameter.Place);
        foreach (var resource in context.Resources) Add(resource.Name, resource.Description, resource.Place);
        var methods = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in context.Steps)
        {
            var isOverload = !methods.Add(step.Method.Name);
            Add(step.Name, $"step '{step.Name}'", step.Place, !isOverload);
            foreach (var artifact in step.Artifacts)
            {
                var isOwn = step.Artifacts.Count == 1 && string.Equals(artifact.Name, step.Name, StringComparison.OrdinalIgnoreCase);
                // The members of the typed client must differ too.
                if (!isOwn && !isOverload) Add(artifact.Name.Replace(".", ""), artifact.Description, artifact.Place);
            }
        }
    }
}
