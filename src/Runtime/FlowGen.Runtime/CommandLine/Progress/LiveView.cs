using System.Collections.Concurrent;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Spectre.Console;

namespace FlowGen.CommandLine;

/// <summary>Draws the tree of a run on a terminal ten times a second, with what steps write scrolling by above it.</summary>
internal sealed class LiveView : LiveTree
{
    private readonly IAnsiConsole _console;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;

    private LiveView(FlowDefinition flow, IAnsiConsole console, int height, TimeProvider time) : base(flow, height, time)
    {
        _console = console;
        _drawing = Task.Run(DrawAsync);
    }

    public static LiveView Start(FlowDefinition flow, CommandEnvironment environment)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = environment.HasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(environment.Out),
        });
        console.Profile.Width = environment.Width;
        return new LiveView(flow, console, Math.Max(console.Profile.Height - 3, 5), environment.Time);
    }

    public override void AttemptFailed(AttemptFailed failure)
    {
        base.AttemptFailed(failure);
        if (IsWide(failure.Task)) return;
        _lines.Enqueue($"{Tally.TitleOf(failure.Task)} attempt {failure.Attempt} failed, next in {Duration.Show(failure.RetryAfter)}: {Describe(failure.Error)}");
    }

    public override void Line(TaskAddress task, string line)
    {
        base.Line(task, line);
        if (!IsWide(task)) _lines.Enqueue($"{Tally.TitleOf(task)} | {Printable.Line(line)}");
    }

    public override void Notice(string text) => _lines.Enqueue("note: " + Printable.Line(text));

    public override async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _drawing.ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task DrawAsync()
    {
        await _console.Live(Render()).AutoClear(true).StartAsync(async context =>
        {
            while (true)
            {
                while (_lines.TryDequeue(out var line)) _console.WriteLine(line);
                context.UpdateTarget(Render());
                context.Refresh();
                if (_end.Task.IsCompleted) break;
                await Task.WhenAny(_end.Task, Task.Delay(100)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        while (_lines.TryDequeue(out var line)) _console.WriteLine(line);
    }
}
