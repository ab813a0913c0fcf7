using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>Finds the value of every parameter of a flow: from its option, else its environment variable, else its initializer.</summary>
internal static class ParameterBinder
{
    /// <summary>The options of a flow's parameters.</summary>
    public static IEnumerable<OptionSpec> OptionsOf(FlowDefinition flow) => flow.Parameters.Select(parameter =>
        new OptionSpec(CommandLineNames.OptionOf(parameter), ValueName(parameter), parameter.Description ?? "")
        {
            TakesMany = parameter.IsCollection,
            ValueIsOptional = IsSwitch(parameter),
            Choices = parameter.Choices,
            Default = parameter.DefaultText,
        });

    /// <summary>One checked value per parameter, by position.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="arguments">What was typed.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="errors">Gets every mistake; the values are complete only if there is none.</param>
    public static object?[] Bind(FlowDefinition flow, VerbArguments arguments, Func<string, string?> variable, List<UsageError> errors)
    {
        var values = flow.Defaults();
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = flow.Parameters[i];
            var option = CommandLineNames.OptionOf(parameter);
            string source;
            IReadOnlyList<string> texts;
            if (arguments.Has(option))
            {
                if (arguments.Texts(option) is not { } typed) continue;
                (source, texts) = ("Option " + option, typed is [] && IsSwitch(parameter) ? ["true"] : typed);
            }
            else if (variable(CommandLineNames.VariableOf(parameter)) is { } text)
            {
                // One variable holds one text; elements that contain commas need the command line.
                source = "Variable " + CommandLineNames.VariableOf(parameter);
                texts = !parameter.IsCollection ? [text] : text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
            }
            else if (parameter.IsRequired)
            {
                errors.Add(Missing(parameter, option));
                continue;
            }
            else
            {
                if (parameter.Validate(values[i]) is { } wrongDefault)
                    errors.Add(new UsageError("FG1005", $"Parameter {parameter.Name}: its default {parameter.DefaultText ?? "null"} {wrongDefault}. Give another value with {option}, or change the initializer of {flow.ClassName}.{parameter.Property}."));
                continue;
            }

            try
            {
                values[i] = parameter.Parse(texts);
            }
            catch (FormatException e)
            {
                errors.Add(new UsageError("FG1003", $"{source}: {Culprit(parameter, texts)}{End(e.Message)}"));
                continue;
            }

            if (parameter.Validate(values[i]) is { } wrong) errors.Add(new UsageError("FG1005", $"{source}: '{string.Join(' ', texts)}' {End(wrong)}"));
        }

        return values;
    }

    /// <summary>What to say about variables that are meant for a parameter but belong to none. It is no mistake: other programs may share the environment.</summary>
    /// <param name="flow">The flow that is run.</param>
    /// <param name="flows">All flows of the program.</param>
    /// <param name="variables">Names of all environment variables.</param>
    public static IEnumerable<string> Strangers(FlowDefinition flow, IEnumerable<FlowDefinition> flows, IEnumerable<string> variables)
    {
        var known = flows.SelectMany(f => f.Parameters).Select(CommandLineNames.VariableOf).ToHashSet(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var name in variables.Where(name => name.StartsWith(CommandLineNames.VariablePrefix, StringComparison.OrdinalIgnoreCase) && !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            // Without the prefix, which would make all names alike.
            var near = NearMiss.Of(name[CommandLineNames.VariablePrefix.Length..], flow.Parameters.Select(p => CommandLineNames.VariableOf(p)[CommandLineNames.VariablePrefix.Length..]));
            yield return $"The variable {name} belongs to no parameter and is ignored{(near is null ? "." : $"; did you mean {CommandLineNames.VariablePrefix}{near}?")}";
        }
    }

    private static UsageError Missing(ParameterDefinition parameter, string option)
    {
        var what = parameter.Description is { } text ? $" ({End(text)[..^1]})" : "";
        return new UsageError("FG1004", $"Parameter {parameter.Name}{what} is required; give it as {option} {ValueName(parameter)} or in {CommandLineNames.VariableOf(parameter)}.");
    }

    // Only the text that does not fit is worth showing.
    private static string Culprit(ParameterDefinition parameter, IReadOnlyList<string> texts)
    {
        if (!parameter.IsCollection) return texts.Count == 1 ? $"'{texts[0]}' " : "";
        foreach (var text in texts)
        {
            try
            {
                parameter.Parse([text]);
            }
            catch (FormatException)
            {
                return $"'{text}' ";
            }
        }

        return "";
    }

    private static string End(string sentence) => sentence.EndsWith('?') || sentence.EndsWith('.') ? sentence : sentence + ".";

    private static bool IsSwitch(ParameterDefinition parameter) => parameter is { IsCollection: false, Choices: ["true", "false"] };

    private static string ValueName(ParameterDefinition parameter)
    {
        var type = parameter.TypeName.TrimEnd('?');
        if (type.EndsWith("[]", StringComparison.Ordinal)) type = type[..^2] + "...";
        return parameter.Choices is { Count: > 0 and <= 8 } choices ? string.Join('|', choices) : $"<{type}>";
    }
}
