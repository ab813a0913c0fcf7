using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Executing.Secrets;

namespace FlowGen.CommandLine;

/// <summary>The options of <c>submit</c> that say what <c>deploy</c> was told, for a process on another machine and at another time: parameters as they were given, files by their full path, no secrets.</summary>
/// <param name="call">What was told.</param>
/// <param name="seesFiles">Whether the machines of the engine see the files of this one.</param>
internal sealed class DeployedArguments(VerbCall call, bool seesFiles)
{
    private readonly VerbArguments _arguments = call.Arguments;
    private readonly CommandEnvironment _environment = call.Environment;

    /// <exception cref="UsageException">FG1312: something cannot be handed on.</exception>
    public List<string> Read()
    {
        var errors = new List<UsageError>();
        var words = new List<string>();
        foreach (var option in RunVerb.Running.Where(option => _arguments.Has(option.Name) && option.Name is not ("--quiet" or "--branch" or "--production")))
            words.AddRange(option.Value is null ? [option.Name] : _arguments.Texts(option.Name)!.Select(value => $"{option.Name}={value}"));
        for (var p = 0; p < call.Flow!.Parameters.Length; p++)
        {
            var parameter = call.Flow.Parameters[p];
            try
            {
                words.AddRange(parameter.IsSecret ? Secret(parameter) : Parameter(parameter, call.Parameters[p]));
            }
            catch (FormatException e)
            {
                errors.Add(new UsageError("FG1312", $"Parameter {parameter.Name}: {e.Message}"));
            }
        }

        return errors.Count == 0 ? words : throw new UsageException(errors);
    }

    /// <summary>Secrets without which no run can start, and for which no file was named.</summary>
    public IEnumerable<ParameterDefinition> MissingSecrets() => call.Flow!.Parameters.Where(parameter => parameter is { IsSecret: true, IsRequired: true } && FileOf(parameter) is null);

    private IEnumerable<string> Parameter(ParameterDefinition parameter, object? value)
    {
        var option = CommandLineNames.OptionOf(parameter);
        if ((Given(parameter, option) ?? OfFile(parameter, value)) is not { } texts) return [];
        if (IsFile(parameter)) texts = [.. texts.Select(PathOf)];

        // An array without elements would be an option without a value.
        return texts.Count == 0 ? [$"{option}=[]"] : texts.Select(text => $"{option}={text}");
    }

    private IReadOnlyList<string>? Given(ParameterDefinition parameter, string option)
    {
        if (_arguments.Has(option)) return _arguments.Texts(option) is [] && ParameterOptions.IsSwitch(parameter) ? ["true"] : _arguments.Texts(option);
        return _environment.Variable(CommandLineNames.VariableOf(parameter)) is { } text ? ParameterBinder.Elements(parameter, text) : null;
    }

    /// <summary>What the file of <c>--params</c> says of a parameter, if that is not its default.</summary>
    private string[]? OfFile(ParameterDefinition parameter, object? value)
    {
        if (!_arguments.Has(OptionSpec.Params.Name) || parameter.FromSchedule || Same(parameter, value, call.Flow!.Defaults()[call.Flow.Parameters.IndexOf(parameter)])) return null;
        return value switch
        {
            InputFile file => [file.Path],
            InputFile[] files => [.. files.Select(file => file.Path)],
            _ => [FromJson(parameter, value)],
        };
    }

    /// <summary>The text of an option that means the same as a value in a file.</summary>
    private static string FromJson(ParameterDefinition parameter, object? value)
    {
        var json = ParameterJson.Show(parameter, value);
        foreach (var text in json is ['"', ..] ? [System.Text.Json.Nodes.JsonNode.Parse(json)!.GetValue<string>(), json] : new[] { json })
        {
            try
            {
                if (Same(parameter, parameter.Parse([text]), value)) return text;
            }
            catch (FormatException)
            {
                // Then the other one, or none.
            }
        }

        throw new FormatException($"its value in the file of --params has no form on a command line; give it as {CommandLineNames.OptionOf(parameter)}.");
    }

    private static bool Same(ParameterDefinition parameter, object? one, object? other) =>
        one is null || other is null ? one is null && other is null : ParameterValues.Encode(parameter, one).Span.SequenceEqual(ParameterValues.Encode(parameter, other).Span);

    private IEnumerable<string> Secret(ParameterDefinition parameter) => FileOf(parameter) switch
    {
        null => [],
        SecretSources.StandardInput => throw new FormatException($"standard input is not there when a schedule starts a run; name a file with {CommandLineNames.FileOptionOf(parameter)}."),
        var file => [$"{CommandLineNames.FileOptionOf(parameter)}={(seesFiles ? Path.GetFullPath(file, _environment.CurrentDirectory) : file)}"],
    };

    private string? FileOf(ParameterDefinition parameter) =>
        _arguments.Text(CommandLineNames.FileOptionOf(parameter)) ?? (_environment.Variable(CommandLineNames.FileVariableOf(parameter)) is { Length: > 0 } file ? file : null);

    private string PathOf(string path)
    {
        if (!seesFiles) return Path.IsPathRooted(path) ? path : throw new FormatException($"the file '{path}' is on this machine, and jobs of the engine do not see it; mount one (setting pod), and name it by its full path there.");
        var here = Path.GetFullPath(path, _environment.CurrentDirectory);
        return File.Exists(here) || _environment.ProjectDirectory is not { } project ? here : Path.GetFullPath(path, project);
    }

    private static bool IsFile(ParameterDefinition parameter) => parameter.Type == typeof(InputFile) || parameter.Type == typeof(InputFile[]);
}
