using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>The branch of a project: <c>--production</c>, or <c>--branch</c> for one with a name. Nobody gets into production by a slip.</summary>
internal static class BranchOptions
{
    public const string Production = "production";

    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        new("--branch", "NAME", "The branch of the flow's project that the run belongs to.") { Default = "user.<you>; of a resumed run, its own" },
        new("--production", null, "The run belongs to production."),
    ];

    /// <summary>The branch that was asked for, or <c>null</c>.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    public static string? Read(VerbCall call)
    {
        var name = call.Arguments.Text("--branch");
        if (!call.Arguments.Has("--production")) return name switch
        {
            null => null,
            Production => throw new UsageException("FG1003", "Option --branch: 'production' is no branch like others; say --production."),
            { Length: > 0 and <= 80 } when Printable.Line(name) == name && name.Trim() == name => name,
            _ => throw new UsageException("FG1003", $"Option --branch: '{name}' is not the name of a branch; it has 1 to 80 printable characters and no spaces at its ends."),
        };
        return name is null ? Production : throw new UsageException("FG1003", "Options --branch and --production exclude each other; give one.");
    }

    /// <summary>The branch of a run that is about to start.</summary>
    public static string? Read(VerbCall call, FlowDefinition flow) => Read(call) is not { } branch ? null
        : flow.Project is not null ? branch
        : throw new UsageException("FG1031", $"Flow {flow.Name} belongs to no project, so it has no branches and no production; put [Project(\"name\")] on {flow.ClassName}, or leave the option out.");
}
