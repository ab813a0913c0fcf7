using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace FlowGen.Executing.Secrets;

/// <summary>Where secrets come from when nobody names a file: the parameter's variable, a file that a variable names, the user secrets of .NET. They are read again by each resume.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="currentDirectory">Where relative paths start.</param>
/// <param name="standardInput">Opens standard input.</param>
/// <param name="userSecrets">Where the program's user secrets are; <c>null</c> if it has none.</param>
internal sealed class SecretSources(Func<string, string?> variable, string currentDirectory, Func<Stream> standardInput, string? userSecrets)
{
    /// <summary>Stands for standard input where a file is named.</summary>
    public const string StandardInput = "-";

    public static SecretSources OfProcess() => new(Environment.GetEnvironmentVariable, Environment.CurrentDirectory, Console.OpenStandardInput, UserSecrets.FileOfProcess());

    /// <summary>Finds the value of a secret.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="file">The file that was named for it, or <c>-</c>; <c>null</c> if none was.</param>
    /// <returns>Its value and where it is from; <c>null</c> if it is nowhere.</returns>
    /// <exception cref="FlowException">FG1014: what was named cannot be read, or does not fit.</exception>
    public object? Find(ParameterDefinition parameter, string? file)
    {
        if (file is not null) return FromFile(parameter, file, "Option " + CommandLineNames.FileOptionOf(parameter));
        var name = CommandLineNames.VariableOf(parameter);
        if (variable(name) is { } text) return Parse(parameter, text, "Variable " + name);
        var fileName = CommandLineNames.FileVariableOf(parameter);
        if (variable(fileName) is { Length: > 0 } path) return FromFile(parameter, path, "Variable " + fileName);
        return UserSecrets.Read(userSecrets, parameter.Name) is { } secret ? Parse(parameter, secret, "User secret " + parameter.Property) : null;
    }

    /// <summary>Where a secret may come from, as the end of a sentence.</summary>
    public static string Places(ParameterDefinition parameter) =>
        $"{CommandLineNames.VariableOf(parameter)}, in a file that {CommandLineNames.FileVariableOf(parameter)} or {CommandLineNames.FileOptionOf(parameter)} names ('-' is standard input), or as user secret {parameter.Property}";

    /// <summary>The same for a resume, which takes no options of parameters.</summary>
    public static string PlacesOfResume(ParameterDefinition parameter) =>
        $"{CommandLineNames.VariableOf(parameter)}, in a file that {CommandLineNames.FileVariableOf(parameter)} names ('-' is standard input), or as user secret {parameter.Property}";

    private static object? Parse(ParameterDefinition parameter, string text, string source)
    {
        try
        {
            return parameter.Parse([text]);
        }
        catch (FormatException e)
        {
            throw new FlowException("FG1014", $"{source}: the value of secret {parameter.Name} {e.Message}.", 2);
        }
    }

    /// <summary>The content without the end of its last line, which editors and <c>echo</c> add.</summary>
    private object? FromFile(ParameterDefinition parameter, string path, string source)
    {
        string text;
        try
        {
            using var reader = new StreamReader(path == StandardInput ? standardInput() : File.OpenRead(Path.GetFullPath(path, currentDirectory)));
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FlowException("FG1014", $"{source}: the file '{path}' with secret {parameter.Name} cannot be read: {e.Message}", 2, e);
        }

        return Parse(parameter, text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text, source);
    }
}
