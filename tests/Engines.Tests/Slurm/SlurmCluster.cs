using System.Collections.Immutable;
using FlowGen.Engines;
using FlowGen.Slurm;

namespace Engines.Tests.Slurm;

/// <summary>The cluster of the tests, which build/engines/slurm/up.sh starts, with a shared folder for each test.</summary>
internal sealed class SlurmCluster : IAsyncDisposable
{
    /// <summary>Tests that must not run beside each other, as some of them end machines under whatever runs there.</summary>
    public const string Machines = "machines of Slurm";

    private readonly List<(string Run, IJobEngine Engine)> _opened = [];

    public SlurmCluster()
    {
        var cluster = Environment.GetEnvironmentVariable("FLOWGEN_TEST_SLURM");
        Assert.SkipWhen(string.IsNullOrEmpty(cluster), "No Slurm: start one with build/engines/slurm/up.sh, then source the file env that it writes.");
        if (!Directory.Exists(cluster)) Assert.Fail(cluster!);
        Directory.CreateDirectory(Folder);
        Engine = Open([]);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "flowgen-slurm-tests", Guid.NewGuid().ToString("n"));

    public string Run { get; } = Job.NewRun();

    public IJobEngine Engine { get; }

    /// <summary>The engine with settings of a test's own.</summary>
    public IJobEngine Open(Dictionary<string, string> settings, string program = "/bin/sh")
    {
        var engine = new SlurmEngine();
        Assert.All(settings, pair => Assert.Null(engine.Settings.Single(setting => setting.Name == pair.Key).WhyNot?.Invoke(pair.Value)));
        var opened = engine.Open(new EngineSettings("slurm", settings.ToImmutableSortedDictionary(StringComparer.Ordinal), program) { StoreFolder = Folder }, TimeProvider.System);
        _opened.Add((Run, opened));
        return opened;
    }

    /// <summary>Asks Slurm itself.</summary>
    public static async Task<string> AskAsync(string command, params string[] arguments) => await new SlurmCommands(TimeProvider.System).RunAsync(command, arguments, null, CancellationToken.None);

    /// <summary>Brings a machine back that was declared down.</summary>
    public static async Task ResumeAsync(string node)
    {
        try
        {
            await AskAsync("scontrol", "update", "nodename=" + node, "state=resume");
        }
        catch (FlowGen.FlowException e) when (e.Message.Contains("Invalid node state", StringComparison.Ordinal))
        {
            // It has come back by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.StopAsync(Run, [.. (await Engine.ListAsync(Run, CancellationToken.None)).Keys], CancellationToken.None);
        foreach (var (_, engine) in _opened) await engine.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
