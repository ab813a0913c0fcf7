using System.Text;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace Runtime.Tests.CommandLine;

/// <summary>Types a command line and shows what came back.</summary>
internal sealed class TestTerminal(params FlowDefinition[] flows)
{
    public Dictionary<string, string> Variables { get; } = [];

    public async Task<Typed> TypeAsync(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var environment = new CommandEnvironment
        {
            OutputStream = output,
            ErrorStream = error,
            Variable = name => Variables.GetValueOrDefault(name),
            Variables = () => Variables.Keys,
            CurrentDirectory = Path.GetTempPath(),
            Program = "sample",
        };
        var code = await new FlowCommandLine(flows.Length == 0 ? [SampleFlow.Definition] : flows, environment).RunAsync(args);
        return new Typed(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}

internal sealed record Typed(int ExitCode, string Out, string Error);
