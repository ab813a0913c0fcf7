using System.Text;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace Generator.Tests.Parameters;

/// <summary>Binds the parameters of a flow as its command line does.</summary>
internal sealed class Binding(FlowDefinition flow)
{
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What the file of <c>--params</c> holds.</summary>
    public string? File { get; init; }

    public List<string> Errors { get; } = [];

    private CommandEnvironment Environment => new()
    {
        OutputStream = Stream.Null,
        ErrorStream = Stream.Null,
        InputStream = () => new MemoryStream(Encoding.UTF8.GetBytes(File ?? "")),
        Variable = name => Variables.GetValueOrDefault(name),
        Variables = () => Variables.Keys,
        CurrentDirectory = Path.GetTempPath(),
        Program = "test",
    };

    /// <summary>The values, or the mistakes in <see cref="Errors"/>.</summary>
    public object?[] Bind(params string[] args) => Bind(isForLater: false, args);

    private object?[] Bind(bool isForLater, string[] args)
    {
        var errors = new List<UsageError>();
        var values = new ParameterBinder(flow, Parse(args, errors), Environment, errors) { IsForLater = isForLater }.Bind();
        Errors.AddRange(errors.Select(error => $"{error.Code} {error.Message}"));
        return values;
    }

    /// <summary>What <c>deploy</c> hands on to the runs that a clock starts, or the mistakes in <see cref="Errors"/>.</summary>
    public string[] Deploy(bool seesFiles, params string[] args)
    {
        var values = Bind(isForLater: true, args);
        if (Errors.Count > 0) return [];
        try
        {
            return [.. new DeployedArguments(new VerbCall { Environment = Environment, Flows = [flow], Flow = flow, Arguments = Parse(args, []), Parameters = values }, seesFiles).Read()];
        }
        catch (UsageException e)
        {
            Errors.AddRange(e.Errors.Select(error => $"{error.Code} {error.Message}"));
            return [];
        }
    }

    private VerbArguments Parse(string[] args, List<UsageError> errors) =>
        VerbParser.Parse("run", Help.OptionsOf(new RunVerb(), flow), 0, File is null ? args : [.. args, "--params", "-"], errors);

    /// <summary>The only parameter's value from one text as its option, or its mistake.</summary>
    public static string OfOption(FlowDefinition flow, params string[] texts) => Told(flow, new Binding(flow), [CommandLineNames.OptionOf(flow.Parameters[0]), .. texts]);

    /// <summary>The only parameter's value in a run that a clock starts, when <c>deploy</c> was given it in each way, or the mistakes.</summary>
    public static IEnumerable<string> OfDeploy(FlowDefinition flow, string[] texts, string text, string json)
    {
        var parameter = flow.Parameters[0];
        foreach (var (binding, args) in new (Binding, string[])[]
        {
            (new Binding(flow), [CommandLineNames.OptionOf(parameter), .. texts]),
            (new Binding(flow) { Variables = { [CommandLineNames.VariableOf(parameter)] = text } }, []),
            (new Binding(flow) { File = $"{{\"{parameter.Name}\": {json}}}" }, []),
        })
        {
            var words = binding.Deploy(seesFiles: false, args);
            yield return binding.Errors.Count > 0 ? string.Join('\n', binding.Errors) : Told(flow, new Binding(flow), words);
        }
    }

    /// <summary>The only parameter's value from its variable, or its mistake.</summary>
    public static string OfVariable(FlowDefinition flow, string text) => Told(flow, new Binding(flow) { Variables = { [CommandLineNames.VariableOf(flow.Parameters[0])] = text } }, []);

    /// <summary>The only parameter's value from the file, or its mistake.</summary>
    public static string OfFile(FlowDefinition flow, string json) => Told(flow, new Binding(flow) { File = $"{{\"{flow.Parameters[0].Name}\": {json}}}" }, []);

    private static string Told(FlowDefinition flow, Binding binding, string[] args)
    {
        var values = binding.Bind(args);
        return binding.Errors.Count > 0 ? string.Join('\n', binding.Errors) : ParameterJson.Show(flow.Parameters[0], values[0]);
    }
}
