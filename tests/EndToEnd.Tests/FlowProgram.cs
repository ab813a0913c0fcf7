using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EndToEnd.Tests;

/// <summary>The program with the test flows, started as a process with a datastore of its own.</summary>
/// <param name="store">Where runs are kept; by default in a folder.</param>
internal sealed partial class FlowProgram(string? store = null) : IDisposable
{
    /// <summary>The program as a worker that the test of packages published: <c>FLOWGEN_TEST_WORKER</c>. By default the one that was built.</summary>
    private static readonly string? s_worker = Environment.GetEnvironmentVariable("FLOWGEN_TEST_WORKER");
    private static readonly string s_built = Path.Combine(AppContext.BaseDirectory, "EndToEnd.Flows.dll");

    /// <summary>How long a process may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A new directory; the store lies in it.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("flowgen-e2e-").FullName;

    /// <summary>Environment variables of its processes.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Store => store ?? Path.Combine(Directory, "store");

    /// <summary>Runs the program to its end.</summary>
    public async Task<Ended> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await process.EndAsync();
    }

    /// <summary>Starts the program.</summary>
    public Started Start(params string[] args) => new(s_worker is null ? new ProcessStartInfo("dotnet", [s_built, .. args]) : new ProcessStartInfo(s_worker, args), this);

    /// <summary>Runs a shell command in which <c>$flows</c> is the program.</summary>
    public async Task<Ended> ShellAsync(string command)
    {
        using var process = new Started(new ProcessStartInfo("bash", ["-c", $"flows='{s_worker ?? "dotnet " + s_built}'; {command}"]), this);
        return await process.EndAsync();
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    /// <summary>A process that may still run.</summary>
    public sealed partial class Started : IDisposable
    {
        public const int Interrupt = 2, Kill = 9, Terminate = 15, Continue = 18, Stop = 19;
        private readonly Process _process;
        private readonly TimeSpan _patience;
        private readonly Task<string> _error;
        private readonly Task _reading;
        private readonly StringBuilder _out = new();
        private readonly Lock _lock = new();
        private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

        public Started(ProcessStartInfo start, FlowProgram program)
        {
            _patience = program.Deadline;
            start.WorkingDirectory = program.Directory;
            start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
            start.Environment["FLOWGEN_DATASTORE"] = program.Store;
            start.Environment["TERM"] = "dumb";
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLOWGEN_PARAM_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
            foreach (var (name, value) in program.Variables) start.Environment[name] = value;
            _process = Process.Start(start)!;
            _process.StandardInput.Close();
            _error = _process.StandardError.ReadToEndAsync();
            _reading = ReadAsync();
        }

        /// <summary>Waits until the output holds a text.</summary>
        public async Task SeesAsync(string text)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _awaited.Add((text, seen));
                Check();
            }

            await Task.WhenAny(seen.Task, _reading).WaitAsync(_patience);
            if (!seen.Task.IsCompleted) Assert.Fail($"The program ended without writing '{text}':\n{_out}\n{await _error}");
        }

        public void Signal(int signal) => Assert.Equal(0, SendSignal(_process.Id, signal));

        public async Task<Ended> EndAsync()
        {
            using var deadline = new CancellationTokenSource(_patience);
            await _process.WaitForExitAsync(deadline.Token);
            await _reading;
            return new Ended(_process.ExitCode, _out.ToString(), await _error);
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        private async Task ReadAsync()
        {
            var buffer = new char[4096];
            while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
            {
                lock (_lock)
                {
                    _out.Append(buffer, 0, count);
                    Check();
                }
            }
        }

        private void Check()
        {
            if (_awaited.Count == 0) return;
            var text = _out.ToString();
            foreach (var (awaited, seen) in _awaited)
            {
                if (text.Contains(awaited, StringComparison.Ordinal)) seen.TrySetResult();
            }
        }

        [LibraryImport("libc", EntryPoint = "kill")]
        private static partial int SendSignal(int pid, int signal);
    }
}

/// <summary>What a process left.</summary>
internal sealed record Ended(int ExitCode, string Out, string Error)
{
    /// <summary>Fails with everything that was written unless the exit code is the expected one.</summary>
    public Ended With(int exitCode)
    {
        if (ExitCode != exitCode) Assert.Fail($"Exit code {ExitCode} instead of {exitCode}.\n--- out\n{Out}\n--- error\n{Error}");
        return this;
    }

    public System.Text.Json.JsonElement Json
    {
        get
        {
            using var document = System.Text.Json.JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }
}
