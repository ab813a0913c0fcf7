using System.Text;
using FlowGen.Executing.Secrets;
using FlowGen.Hosting;

namespace FlowGen.CommandLine;

/// <summary>The world around a command: where it writes, where it stands, what time it is.</summary>
internal sealed class CommandEnvironment
{
    private StreamWriter? _out;
    private StreamWriter? _error;

    /// <summary>Standard output. Taken from the process, not from <see cref="Console"/>, whose writer is captured while steps run.</summary>
    public required Stream OutputStream { get; init; }
    public required Stream ErrorStream { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> InputStream { get; init; } = Console.OpenStandardInput;
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Names of all environment variables.</summary>
    public required Func<IEnumerable<string>> Variables { get; init; }
    public required string CurrentDirectory { get; init; }

    /// <summary>Who asks.</summary>
    public string User { get; init; } = CurrentUser.Name;

    /// <summary>The user secrets of the program; <c>null</c> if it has none.</summary>
    public string? UserSecretsFile { get; init; }

    /// <summary>Directory of the program's source, or <c>null</c> if it is not on this machine.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>What people type to start this program, such as <c>dotnet run --</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Whether the output is a terminal that can be drawn on.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether colours are welcome.</summary>
    public bool HasColors { get; init; }

    /// <summary>Columns of the output.</summary>
    public int Width { get; init; } = 120;
    /// <summary>Puts the services of the program together; <c>null</c> if it has none.</summary>
    public Func<IServiceProvider>? Services { get; init; }
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Buffered: flushed by whoever wants it seen, and at the end.</summary>
    public TextWriter Out => _out ??= new StreamWriter(OutputStream, new UTF8Encoding(false), 4096, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Not buffered.</summary>
    public TextWriter Error => _error ??= new StreamWriter(ErrorStream, new UTF8Encoding(false), 256, leaveOpen: true) { NewLine = "\n", AutoFlush = true };

    /// <summary>Where secrets come from that no option names a file for.</summary>
    public SecretSources Secrets => new(Variable, CurrentDirectory, InputStream, UserSecretsFile);

    /// <summary>The same world with other environment variables.</summary>
    public CommandEnvironment With(Func<string, string?> variable) => new()
    {
        OutputStream = OutputStream, ErrorStream = ErrorStream, InputStream = InputStream, Variable = variable, Variables = Variables, CurrentDirectory = CurrentDirectory, User = User, UserSecretsFile = UserSecretsFile,
        ProjectDirectory = ProjectDirectory, Program = Program, IsTerminal = IsTerminal, HasColors = HasColors, Width = Width, Services = Services, Time = Time,
    };

    public static CommandEnvironment OfProcess(Func<IServiceProvider>? services = null)
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
        var project = ProgramPlace.ProjectDirectory();
        var current = Environment.CurrentDirectory;
        return new CommandEnvironment
        {
            OutputStream = CommandLine.OutputStream.Open(Console.OpenStandardOutput),
            ErrorStream = CommandLine.OutputStream.Open(Console.OpenStandardError),
            Variable = Environment.GetEnvironmentVariable,
            Variables = static () => Environment.GetEnvironmentVariables().Keys.OfType<string>(),
            CurrentDirectory = current,
            Services = services,
            UserSecretsFile = UserSecrets.FileOfProcess(),
            ProjectDirectory = project,
            Program = ProgramPlace.Invocation(current, project),
            IsTerminal = isTerminal,
            HasColors = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = isTerminal ? Math.Max(Console.WindowWidth, 40) : 120,
        };
    }
}
