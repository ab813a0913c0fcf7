using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0117: artifacts become members of the generated class Run, which has a few of its own.</summary>
internal static class ReservedName
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "run", "runs", "runAsync", "info", "steps", "artifact", "artifactList",
        "equals", "finalize", "getHashCode", "getType", "memberwiseClone", "referenceEquals", "toString",
    };

    public static bool Contains(string name) => Reserved.Contains(name);

    public static void Check(FlowContext context)
    {
        foreach (var step in context.Steps)
        {
            foreach (var artifact in step.Artifacts.Where(artifact => Reserved.Contains(artifact.Name)))
            {
                var edit = artifact.Element is null ? "name the artifact with [Step(Makes = \"...\")]" : "rename the element";
                context.Report(Descriptors.ReservedName, artifact.Place, artifact.Description, edit);
            }
        }
    }
}
