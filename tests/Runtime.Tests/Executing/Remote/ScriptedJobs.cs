using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlowGen.Engines;
using FlowGen.Executing.Remote;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Remote;

/// <summary>An engine that starts nothing: the test says what its workers propose and how its jobs end.</summary>
internal sealed class ScriptedJobs(IObjectStore objects) : IJobEngine
{
    private readonly ConcurrentDictionary<string, JobReport> _reports = [];
    private readonly IObjectStore _objects = objects;
    private readonly ArtifactStore _artifacts = new(objects, TimeProvider.System);

    /// <summary>What becomes of a job; called once for each.</summary>
    public Func<Job, Task> Script { get; set; } = static job => job.SucceedAsync();

    public ConcurrentQueue<JobRequest> Started { get; } = [];

    public ConcurrentQueue<string> Stopped { get; } = [];

    /// <summary>How many lists do not have a job yet that was started.</summary>
    public int ListsBehind { get; set; }

    /// <summary>Whether the engine answers.</summary>
    public bool IsAway { get; set; }

    public RemoteOptions Options => new()
    {
        Engine = this,
        Submission = new RunSubmitted("scripted", ImmutableSortedDictionary<string, string>.Empty, "program", HasDriverJob: false, ImmutableSortedDictionary<string, string>.Empty),
        Times = new RemoteTimes
        {
            Gather = TimeSpan.FromMilliseconds(2), FirstPoll = TimeSpan.FromMilliseconds(5), LongestPoll = TimeSpan.FromMilliseconds(20), List = TimeSpan.FromMilliseconds(10), Unreachable = TimeSpan.FromMilliseconds(100),
        },
    };

    public ValueTask StartAsync(IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        Answer();
        foreach (var request in jobs)
        {
            if (!_reports.TryAdd(request.Name, new JobReport(JobPhase.Running, Place: "node1"))) continue;
            Started.Enqueue(request);
            _ = Task.Run(() => Script(new Job(this, request)), CancellationToken.None);
        }

        return default;
    }

    public ValueTask<IReadOnlyDictionary<string, JobReport>> ListAsync(string run, CancellationToken cancel)
    {
        Answer();
        return new(ListsBehind-- > 0 ? [] : _reports.ToDictionary());
    }

    public ValueTask StopAsync(string run, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        Answer();
        foreach (var name in names)
        {
            Stopped.Enqueue(name);
            _reports.TryRemove(name, out _);
        }

        return default;
    }

    public ValueTask<string?> ReadConsoleAsync(string run, string name, CancellationToken cancel) => new("the last words");

    public ValueTask DisposeAsync() => default;

    private void Answer()
    {
        if (IsAway) throw new EngineUnavailableException("It is away.");
    }

    /// <summary>A job and the worker in it.</summary>
    internal sealed class Job(ScriptedJobs engine, JobRequest request)
    {
        private readonly RunKey _run = RunKey.Parse(request.Run)!.Value;
        private readonly Guid _worker = Guid.NewGuid();
        private int _next;

        public JobRequest Request => request;

        public string Slice => request.Arguments[3];

        public ValueTask<SliceContent> ContentAsync() => SliceCodec.GetAsync(engine._objects, engine._artifacts, _run, Slice, default);

        public async Task ProposeAsync(params ProposedEvent[] events)
        {
            await ProposalCodec.PutAsync(engine._objects, engine._artifacts, _run, new Proposal(Slice, _next, _worker, "node1", [.. events]), default);
            _next++;
        }

        public Task BeginAsync(params int[] tasks) => ProposeAsync([.. tasks.Select(task => new ProposedStart(task, DateTimeOffset.UtcNow))]);

        /// <summary>Every attempt makes the number one more than its item, or 1.</summary>
        public async Task ProposeAllAsync()
        {
            var content = await ContentAsync();
            var events = new List<ProposedEvent>();
            for (var i = 0; i < content.Tasks.Length; i++)
            {
                var item = content.Tasks[i].Inputs is [ItemInput { Value: var value }, ..] ? (int)FlowBuilder.Int("").Decode(await engine._artifacts.ReadAsync(value, default))! : 0;
                events.Add(new ProposedStart(i, DateTimeOffset.UtcNow));
                events.Add(new ProposedSuccess(i, DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1), [await engine._artifacts.WriteAsync(FlowBuilder.Int(""), item + 1, default)], TaskMarks.None));
            }

            await ProposeAsync([.. events]);
        }

        public void End(JobReport report) => engine._reports[request.Name] = report;

        public async Task SucceedAsync()
        {
            await ProposeAllAsync();
            End(new JobReport(JobPhase.Succeeded, Place: "node1"));
        }
    }
}
