using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using Runtime.Tests.Executing;

namespace Runtime.Tests.CommandLine;

/// <summary>
/// A run with everything that the language has, made by hand:
/// <code>
/// days ──▶ hours[day] ──▶ score[day,hour] ──▶ improve[day,hour]#n ──▶ daily[day] ──▶ best ──▶ assess ──▶ publish (if 1), review (otherwise) ──▶ report
/// </code>
/// hours[1] failed, so day 1 has no scores; score[0,1] failed, which daily tolerates; publish was skipped.
/// </summary>
internal static class NestedRun
{
    public static FlowDefinition Flow { get; } = new FlowBuilder("nested")
        .Label("days", day => day is 7 ? "Sunday" : null)
        .Step("days", "", _ => { }, FlowBuilder.Ints("days"))
        .Step("hours", "each:days", _ => { }, FlowBuilder.Ints("hours"))
        .Step("score", "each:hours", _ => { }, FlowBuilder.Int("score"))
        .Loop("improve", "carry:score", (value, _) => value, 100, _ => true)
        .Step("daily", "outcome:all:improve@hours days", _ => { }, FlowBuilder.Int("daily"))
        .Step("best", "min50:all:daily", _ => { }, FlowBuilder.Int("best"))
        .Step("assess", "best", _ => { }, FlowBuilder.Int("assess"))
        .Decision("assess", 1, 2)
        .Step("publish", "best", _ => { }, [FlowBuilder.Int("publish")], when: "assess=1")
        .Step("review", "best", _ => { }, [FlowBuilder.Int("review")], when: "assess=2|_")
        .Step("report", "oneof:publish|review optional:publish", _ => { }, [FlowBuilder.Int("report")], after: "score!")
        .Build();

    public static GraphDescription Graph { get; } = GraphDescription.Of(Flow);

    private static readonly TaskError Error = new(TaskErrorKind.User, "System.IO.IOException", "the disk is full", null);

    public static RunRecord[] Records { get; } =
    [
        Done("days", default, 7),
        new DimensionSized(0, default, 3) { Labels = [null, "Sunday"] },
        Done("hours", 0),
        new DimensionSized(1, 0, 2),
        new TaskFailed(Task("hours", 1), 2, 1, At, TimeSpan.FromMilliseconds(4), Error),
        new TasksBlocked(Task("score", 1), 1, Task("hours", 1)),
        new TasksBlocked(Task("improve", 1), 1, Task("hours", 1)),
        new TasksBlocked(Task("daily", 1), 1, Task("hours", 1)),
        Done("hours", 2),
        new DimensionSized(1, 2, 0),
        Done("score", TaskIndex.Of(0, 0), 5),
        new TaskFailed(Task("score", TaskIndex.Of(0, 1)), 1, 1, At, TimeSpan.FromMilliseconds(6), Error),
        new TasksBlocked(Task("improve", TaskIndex.Of(0, 1)), 1, Task("score", TaskIndex.Of(0, 1))),
        Done("improve", TaskIndex.Of(0, 0), 6, 0, TaskMarks.GoesOn),
        Done("improve", TaskIndex.Of(0, 0), 7, 1),
        Done("daily", 0, 7) with { Marks = TaskMarks.GivenError },
        Done("daily", 2, 0),
        Done("best", default, 7) with { Marks = TaskMarks.GivenError },
        Done("assess", default, 3),
        new TasksSkipped(Task("publish"), 1, new SkipReason(0, 2)),
        Done("review", default, 7),
        Done("report", default, 7),
    ];

    public static RunState State { get; } = SampleRun.Fold(Graph, RunStatus.Succeeded, Records);

    public static TaskAddress Task(string step, TaskIndex index = default, int iteration = -1) => new(Graph.Steps.Select(s => s.Name).ToList().IndexOf(step), index, iteration);

    private static DateTimeOffset At => new(2026, 3, 14, 11, 45, 1, TimeSpan.Zero);

    private static TaskSucceeded Done(string step, TaskIndex index = default, int value = 0, int iteration = -1, TaskMarks marks = TaskMarks.None)
    {
        var task = Task(step, index, iteration);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var artifact = Flow.Artifacts[Flow.Steps[task.Step].FirstArtifact];
        artifact.Encode(buffer, artifact.TypeName == "int" ? value : new[] { value });
        return new TaskSucceeded(task, 1, 1, At, TimeSpan.FromMilliseconds(3), [StoredValue.Of(buffer.WrittenSpan.ToArray())], null, marks);
    }
}
