using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0703: the one list of the options that every flow program has.</summary>
internal static class ReservedOptionName
{
    /// <summary>New options of the command line start with <c>--flow-</c>, so that this list never grows after the first release.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "all", "artifact", "branch", "cache", "delete", "detach", "dry-run", "engine", "executor", "fail-fast", "follow", "fork", "format", "from", "full", "grace-period",
        "help", "image", "isolate", "json", "label", "limit", "list", "log-level", "manifest", "max-parallel", "move", "name", "namespace", "no-color", "no-overlap", "offline", "output",
        "params", "plan", "print-rbac", "production", "profile", "project", "quiet", "recorded", "resume", "run", "scheduled", "set", "show", "sort", "status", "step", "store", "store-timeout", "submit", "suspend", "tag", "task", "verbose",
        "version", "wait", "where", "with", "worker", "yes",
    };

    public static bool Contains(string option) => Reserved.Contains(option) || option.StartsWith("flow-", StringComparison.Ordinal);

    public static void Check(FlowContext context)
    {
        foreach (var parameter in context.Parameters)
        {
            var option = Names.Kebab(parameter.Property.Name);
            if (Contains(option))
                context.Report(Descriptors.ReservedOptionName, parameter.Place, parameter.Name, option);
        }
    }
}
