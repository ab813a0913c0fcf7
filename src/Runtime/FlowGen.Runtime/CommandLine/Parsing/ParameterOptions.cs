using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>The options and variables of a flow's parameters.</summary>
internal static class ParameterOptions
{
    /// <summary>The options of a flow's parameters.</summary>
    public static IEnumerable<OptionSpec> Of(FlowDefinition flow) => flow.Parameters.SelectMany(parameter => parameter.IsSecret ? Secret(parameter) : [Option(parameter)]);

    /// <summary>What to say about variables that are meant for a parameter but belong to none. It is no mistake: other programs may share the environment.</summary>
    /// <param name="flow">The flow that is run.</param>
    /// <param name="flows">All flows of the program.</param>
    /// <param name="variables">Names of all environment variables.</param>
    public static IEnumerable<string> Strangers(FlowDefinition flow, IEnumerable<FlowDefinition> flows, IEnumerable<string> variables)
    {
        const string prefix = CommandLineNames.VariablePrefix;
        var known = flows.SelectMany(f => f.Parameters).SelectMany(CommandLineNames.VariablesOf).ToHashSet(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var name in variables.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            // Without the prefix, which would make all names alike.
            var near = NearMiss.Of(name[prefix.Length..], flow.Parameters.SelectMany(CommandLineNames.VariablesOf).Select(variable => variable[prefix.Length..]));
            yield return $"The variable {name} belongs to no parameter and is ignored{(near is null ? "." : $"; did you mean {prefix}{near}?")}";
        }
    }

    /// <summary>Whether the option alone means <c>true</c>.</summary>
    public static bool IsSwitch(ParameterDefinition parameter) => parameter is { IsCollection: false, Choices: ["true", "false"] };

    /// <summary>What stands for a value.</summary>
    public static string ValueName(ParameterDefinition parameter)
    {
        if (parameter.FromRun is not null) return "RUN";
        var type = parameter.TypeName.TrimEnd('?');
        if (type.EndsWith("[]", StringComparison.Ordinal)) type = type[..^2] + "...";
        return parameter.Choices is { Count: > 0 and <= 8 } choices ? string.Join('|', choices) : $"<{type}>";
    }

    private static OptionSpec Option(ParameterDefinition parameter) => new(CommandLineNames.OptionOf(parameter), ValueName(parameter), parameter.Description ?? "")
    {
        TakesMany = parameter.IsCollection,
        ValueIsOptional = IsSwitch(parameter),
        Choices = parameter.Choices,
        IsRequired = parameter.IsRequired,
        Note = parameter.FromRun is { } from ? $"A run of {from.Flow}: its id, latest or @tag." : parameter.IsJson ? $"JSON such as {parameter.Example}." : null,
        Default = parameter.FromRun is { Tag: var tag } ? $"the newest that succeeded{(tag is null ? "" : $" and carries the tag {tag}")}" : parameter.FromSchedule ? "the time of the schedule, by hand now" : parameter.DefaultText,
    };

    private static OptionSpec[] Secret(ParameterDefinition parameter) =>
    [
        new(CommandLineNames.FileOptionOf(parameter), "FILE", parameter.Description ?? "")
        {
            IsRequired = parameter.IsRequired,
            Note = $"Secret: in this file ('-': standard input), else {CommandLineNames.VariableOf(parameter)}, else the file that {CommandLineNames.FileVariableOf(parameter)} names, else user secret {parameter.Property}.",
        },
        new(CommandLineNames.OptionOf(parameter), "VALUE", "") { IsHidden = true, TakesMany = true, ValueIsOptional = false },
    ];
}
