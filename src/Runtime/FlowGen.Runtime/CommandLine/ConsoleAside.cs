namespace FlowGen.CommandLine;

/// <summary>Sends what the program itself prints to standard error until disposed, so that the result of a verb is all that goes to standard output.</summary>
internal sealed class ConsoleAside : IDisposable
{
    private readonly TextWriter _console = Console.Out;

    private ConsoleAside() => Console.SetOut(Console.Error);

    public static ConsoleAside? When(bool condition) => condition ? new ConsoleAside() : null;

    public void Dispose() => Console.SetOut(_console);
}
