using FlowGen.Engines;
using FlowGen.Executing;
using FlowGen.Executing.Driving;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What <c>run</c> and <c>resume</c> share: options, progress, signals, summary.</summary>
internal static class RunExecution
{
    /// <summary>Adds what the options and the environment say.</summary>
    public static RunRequest Complete(VerbCall call, RunRequest request)
    {
        var environment = call.Environment;
        return request with
        {
            Tags = [.. (call.Arguments.Texts("--tag") ?? []).Select(Checked)],
            Branch = BranchOptions.Read(call, request.Flow),
            MaxParallel = call.Arguments.Count("--max-parallel") ?? 0,
            FailFast = call.Arguments.Has("--fail-fast"),
            CacheAll = call.Arguments.Has("--cache"),
            Overrides = PolicyOptions.Read(request.Flow, [.. call.Arguments.Has("--isolate") ? ["*:isolated=true"] : (string[])[], .. (call.Arguments.Texts(PolicyOptions.Option) ?? []).Where(static text => !IsEngine(text))]),
            Cpus = call.Arguments.Count("--flow-cpus") ?? 0,
            Memory = Memory(call.Arguments.Text("--flow-memory")),
            StoreTimeout = call.Arguments.Duration(OptionSpec.StoreTimeout.Name),
            ProjectDirectory = environment.ProjectDirectory ?? AppContext.BaseDirectory,
            Secrets = environment.Secrets,
            Services = environment.Services?.Invoke(),
            Time = environment.Time,
        };
    }

    /// <summary>The engine that steps are sent to while the driver stays here: <c>--with slurm</c>; <c>null</c> if none was named.</summary>
    private static string? EngineOf(VerbCall call) => call.Arguments.Texts(PolicyOptions.Option)?.LastOrDefault(IsEngine);

    /// <summary>Policies are given as <c>step:policy=value</c>.</summary>
    private static bool IsEngine(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');

    public static async Task<int> ExecuteAsync(VerbCall call, RunRequest request)
    {
        var environment = call.Environment;
        request = Complete(call, request);
        if (EngineOf(call) is { } engine)
        {
            var submission = EngineOptions.Read(call, engine, hasDriverJob: false) with { Options = DriveOptions.Of(request) };
            var place = request.Store.Location;
            request = request with { Remote = _ => EngineCatalog.Open(submission, place, request.Time) };
        }

        var isQuiet = call.Arguments.Has("--quiet");
        RunView view = isQuiet ? new QuietView(request.Flow, environment.Error, environment.Time)
            : environment.IsTerminal ? LiveView.Start(request.Flow, environment)
            : new PlainView(request.Flow, environment.Out, environment.Time);

        RunKey run;
        RunStatus status;
        using (ConsoleAside.When(isQuiet))
        using (var signals = new StopSignals())
        await using (view.ConfigureAwait(false))
        {
            (run, status) = await RunAsync(request, view, signals.Stop, signals.Abort).ConfigureAwait(false);
        }

        if (isQuiet) call.Out.WriteLine(run.ToString());
        else RunReport.Write(call.Out, view, run, status, environment.Program, request.Store.Location);
        if (status == RunStatus.Failed)
        {
            // Standard output first, so that the reason is the last thing on a terminal.
            await call.Out.FlushAsync().ConfigureAwait(false);
            var why = view.Tally.Failures is [var first, ..] ? $": {view.Tally.NameOf(first.Address)}: {RunView.Describe(first.Error)}" : ".";
            environment.Error.WriteLine($"error FG1220: Run {run} failed{why}");
        }

        return ExitCodes.Of(status);
    }

    internal static async Task<RunEnd> RunAsync(RunRequest request, RunView view, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            return await FlowRunner.RunAsync(request, view, stop, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (stop.IsCancellationRequested)
        {
            throw new FlowException("FG1222", "Stopped before the run was registered: there is nothing of it to resume.", ExitCodes.Interrupted, e);
        }
    }

    private static long Memory(string? text) => text is null ? 0
        : Quantity.Parse(text) ?? throw new UsageException("FG1003", $"Option --flow-memory: '{text}' is not an amount such as 512Mi or 16Gi.");

    private static string Checked(string tag) => TagName.WhyNot(tag) is { } why ? throw new UsageException("FG1030", $"Option --tag: '{tag}' {why}.") : tag;
}
