using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;

namespace FlowGen.CommandLine;

/// <summary>Finds the value of every parameter of a flow: from its option, else its environment variable, else the file of <c>--params</c>, else its initializer.</summary>
/// <param name="flow">The flow.</param>
/// <param name="arguments">What was typed.</param>
/// <param name="environment">Has the variables, and the files and standard input that were named.</param>
/// <param name="errors">Gets every mistake; the values are complete only if there is none.</param>
internal sealed class ParameterBinder(FlowDefinition flow, VerbArguments arguments, CommandEnvironment environment, List<UsageError> errors)
{
    /// <summary>Whether the values are for runs that something else starts later: secrets are found then.</summary>
    public bool IsForLater { get; init; }

    /// <summary>For which time a schedule starts the run; <c>null</c> if the environment may say so, and it is now if that does not.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>One checked value per parameter, by position.</summary>
    public object?[] Bind()
    {
        if (!IsForLater) CheckStandardInput();
        var file = arguments.Text(OptionSpec.Params.Name) is { } path ? ParameterFile.Read(path, flow, environment, errors) : ParameterFile.None;
        var values = flow.Defaults();
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = flow.Parameters[i];
            if (parameter.IsSecret) BindSecret(parameter, ref values[i]);
            else if (Texts(parameter) is { } given) Parse(parameter, given.Source, given.Texts, ref values[i]);
            else if (file.Has(i)) file.Take(i, parameter, ref values[i], errors);
            else if (parameter.FromSchedule) values[i] = ScheduledTime.Of(flow, parameter, Time ?? Given());
            else if (!arguments.Has(CommandLineNames.OptionOf(parameter))) Default(parameter, values[i]);
        }

        return values;
    }

    /// <summary>Only the values that were given with this command, by name of the parameter: a resumed run keeps all others.</summary>
    public Dictionary<string, object?> BindGiven()
    {
        CheckStandardInput();
        var file = arguments.Text(OptionSpec.Params.Name) is { } path ? ParameterFile.Read(path, flow, environment, errors) : ParameterFile.None;
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < flow.Parameters.Length; i++)
        {
            var parameter = flow.Parameters[i];
            object? value = null;
            if (parameter.IsSecret)
            {
                if (!arguments.Has(CommandLineNames.OptionOf(parameter)) && !arguments.Has(CommandLineNames.FileOptionOf(parameter))) continue;
                BindSecret(parameter, ref value);
            }
            else if (arguments.Has(CommandLineNames.OptionOf(parameter)))
            {
                if (Texts(parameter) is { } typed) Parse(parameter, typed.Source, typed.Texts, ref value);
            }
            else if (file.Has(i)) file.Take(i, parameter, ref value, errors);
            else continue;
            given.Add(parameter.Name, value);
        }

        return given;
    }

    /// <summary>What was given as text, and where; <c>null</c> also where the option was given in a way that has been reported.</summary>
    private (string Source, IReadOnlyList<string> Texts)? Texts(ParameterDefinition parameter)
    {
        var option = CommandLineNames.OptionOf(parameter);
        if (arguments.Has(option)) return arguments.Texts(option) is { } typed ? ("Option " + option, typed is [] && ParameterOptions.IsSwitch(parameter) ? ["true"] : typed) : null;

        var name = CommandLineNames.VariableOf(parameter);
        if (environment.Variable(name) is not { } text) return null;

        return ("Variable " + name, Elements(parameter, text));
    }

    /// <summary>The texts that a variable holds: one, unless the parameter has several. Elements that contain commas need JSON.</summary>
    public static string[] Elements(ParameterDefinition parameter, string text)
    {
        var isOne = !parameter.IsCollection || parameter.IsJson || text.AsSpan().TrimStart().StartsWith('[');
        return isOne ? [text] : text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
    }

    private void Parse(ParameterDefinition parameter, string source, IReadOnlyList<string> texts, ref object? value)
    {
        try
        {
            value = parameter.Parse(texts);
        }
        catch (FormatException e)
        {
            errors.Add(new UsageError("FG1003", $"{source}: {Culprit(parameter, texts, e)}{End(e.Message)}"));
            return;
        }

        if (parameter.Validate(value) is { } wrong) errors.Add(new UsageError("FG1005", ParameterDefinition.IsInside(wrong) ? $"{source}: {End(wrong.TrimStart('.'))}" : $"{source}: '{string.Join(' ', texts)}' {End(wrong)}"));
    }

    private void Default(ParameterDefinition parameter, object? value)
    {
        var option = CommandLineNames.OptionOf(parameter);
        if (parameter.IsRequired)
            errors.Add(new UsageError("FG1004", $"Parameter {parameter.Name}{About(parameter)} is required; give it as {option} {ParameterOptions.ValueName(parameter)}, in {CommandLineNames.VariableOf(parameter)} or in the file of --params."));
        else if (parameter.Validate(value) is { } wrong)
            errors.Add(new UsageError("FG1005", $"Parameter {parameter.Name}: its default {parameter.DefaultText ?? "null"} {(ParameterDefinition.IsInside(wrong) ? $"is not valid, {wrong.TrimStart('.')}" : wrong)}. Give another value with {option}, or change the initializer of {flow.ClassName}.{parameter.Property}."));
    }

    private DateTimeOffset Given()
    {
        try
        {
            return ScheduledTime.Given(environment.Variable) ?? environment.Time.GetUtcNow();
        }
        catch (FlowException e)
        {
            errors.Add(new UsageError(e.Code, e.Message));
            return default;
        }
    }

    private void BindSecret(ParameterDefinition parameter, ref object? value)
    {
        var option = CommandLineNames.OptionOf(parameter);
        if (arguments.Has(option))
        {
            errors.Add(new UsageError("FG1013", $"Option {option}: a secret is never given on the command line, where other programs and the shell's history see it; give it in {SecretSources.Places(parameter)}."));
            return;
        }

        if (IsForLater) return;
        var fileOption = CommandLineNames.FileOptionOf(parameter);
        var file = arguments.Text(fileOption);
        if (file is null && arguments.Has(fileOption)) return;
        try
        {
            value = environment.Secrets.Find(parameter, file);
        }
        catch (FlowException e)
        {
            errors.Add(new UsageError(e.Code, e.Message));
            return;
        }

        if (value is null && parameter.IsRequired)
            errors.Add(new UsageError("FG1014", $"Secret {parameter.Name}{About(parameter)} is required; give it in {SecretSources.Places(parameter)}."));
    }

    /// <summary>It can be read once.</summary>
    private void CheckStandardInput()
    {
        string[] readers =
        [
            .. flow.Parameters.Where(parameter => parameter.IsSecret).Select(CommandLineNames.FileOptionOf).Append(OptionSpec.Params.Name)
                .Where(option => arguments.Text(option) == SecretSources.StandardInput),
            .. flow.Parameters.Where(parameter => parameter.IsSecret && !arguments.Has(CommandLineNames.FileOptionOf(parameter)) && environment.Variable(CommandLineNames.VariableOf(parameter)) is null)
                .Select(CommandLineNames.FileVariableOf).Where(name => environment.Variable(name) == SecretSources.StandardInput),
        ];
        if (readers.Length > 1) errors.Add(new UsageError("FG1006", $"Standard input is given to {string.Join(" and ", readers)}, but it can be read once; use files."));
    }

    private static string About(ParameterDefinition parameter) => parameter.Description is { } text ? $" ({End(text)[..^1]})" : "";

    // Only the text that does not fit is worth showing; JSON tells the place in it.
    private static string Culprit(ParameterDefinition parameter, IReadOnlyList<string> texts, FormatException error)
    {
        if (error is JsonInputException) return error.Message.StartsWith("is ", StringComparison.Ordinal) ? $"'{string.Join(' ', texts)}' " : "";
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

    internal static string End(string sentence) => sentence.EndsWith('?') || sentence.EndsWith('.') ? sentence : sentence + ".";
}
