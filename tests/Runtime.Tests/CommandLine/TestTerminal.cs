using System.Text;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace Runtime.Tests.CommandLine;

/// <summary>Types a command line and shows what came back.</summary>
internal sealed class TestTerminal(params FlowDefinition[] flows)
{
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What standard input holds.</summary>
    public string Input { get; init; } = "";

    /// <summary>Who types.</summary>
    public string User { get; init; } = FlowGen.Hosting.CurrentUser.Name;

    public string Directory { get; init; } = Path.GetTempPath();

    /// <summary>The user secrets of the program.</summary>
    public string? UserSecretsFile { get; init; }

    public async Task<Typed> TypeAsync(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var code = await new FlowCommandLine(flows.Length == 0 ? [SampleFlow.Definition] : flows, Environment(output, error)).RunAsync(args);
        return new Typed(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    public CommandEnvironment Environment(Stream? output = null, Stream? error = null) => new()
    {
        OutputStream = output ?? Stream.Null,
        ErrorStream = error ?? Stream.Null,
        InputStream = () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        Variable = name => Variables.GetValueOrDefault(name),
        Variables = () => Variables.Keys,
        CurrentDirectory = Directory,
        User = User,
        UserSecretsFile = UserSecretsFile,
        Program = "sample",
    };
}

internal sealed record Typed(int ExitCode, string Out, string Error);
