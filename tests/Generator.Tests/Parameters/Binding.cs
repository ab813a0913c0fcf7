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

    /// <summary>The values, or the mistakes in <see cref="Errors"/>.</summary>
    public object?[] Bind(params string[] args)
    {
        var errors = new List<UsageError>();
        string[] all = File is null ? args : [.. args, "--params", "-"];
        var arguments = VerbParser.Parse("run", Help.OptionsOf(new RunVerb(), flow), 0, all, errors);
        var values = new ParameterBinder(flow, arguments, new CommandEnvironment
        {
            OutputStream = Stream.Null,
            ErrorStream = Stream.Null,
            InputStream = () => new MemoryStream(Encoding.UTF8.GetBytes(File ?? "")),
            Variable = name => Variables.GetValueOrDefault(name),
            Variables = () => Variables.Keys,
            CurrentDirectory = Path.GetTempPath(),
            Program = "test",
        }, errors).Bind();
        Errors.AddRange(errors.Select(error => $"{error.Code} {error.Message}"));
        return values;
    }

    /// <summary>The only parameter's value from one text as its option, or its mistake.</summary>
    public static string OfOption(FlowDefinition flow, params string[] texts) => Told(flow, new Binding(flow), [CommandLineNames.OptionOf(flow.Parameters[0]), .. texts]);

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
