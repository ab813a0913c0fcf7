using System.Text.Json;
using FlowGen.Engines;
using FlowGen.Kubernetes.Watching;

namespace Engines.Tests.Kubernetes;

public class JobWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static PodState Pod(string status, string metadata = "") => PodState.Read(JsonDocument.Parse(
        $$"""{"metadata":{"name":"p","labels":{"job-name":"j"},"creationTimestamp":"2026-01-01T11:59:00Z"{{metadata}}},"spec":{"nodeName":"n1","containers":[{"name":"sidecar"},{"name":"flow","resources":{"limits":{"memory":"2Gi"} } }]},"status":{{status}}}""").RootElement);

    private static JobState JobOf(string condition = "", bool isDriver = false) => JobState.Read(JsonDocument.Parse(
        $$"""{"metadata":{"name":"j","uid":"u","labels":{"flowgen.dev/role":"{{(isDriver ? "driver" : "tasks")}}"} },"status":{"conditions":[{{condition}}]} }""").RootElement);

    private static string Ended(int code, string reason) => $$"""{"phase":"Failed","containerStatuses":[{"name":"sidecar","state":{"terminated":{"exitCode":0} } },{"name":"flow","state":{"terminated":{"exitCode":{{code}},"reason":"{{reason}}","message":"why."} } }]}""";

    public static TheoryData<string, int, int, string> Endings => new()
    {
        { Ended(137, "OOMKilled"), (int)JobPhase.Lost, (int)JobEnd.OutOfMemory, "out of memory on n1: it used more than 2Gi (OOMKilled)" },
        { Ended(128, "StartError"), (int)JobPhase.Lost, (int)JobEnd.CannotStart, "the program could not be started on n1: why (StartError)" },
        { Ended(75, "Error"), (int)JobPhase.Failed, (int)JobEnd.Other, "exit code 75 on n1" },
        { Ended(139, "Error"), (int)JobPhase.Failed, (int)JobEnd.Other, "ended by signal 11 on n1" },
        { """{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory. "}""", (int)JobPhase.Lost, (int)JobEnd.Preempted, "it was evicted on n1: The node was low on resource: memory (Evicted)" },
        { """{"phase":"Failed","reason":"DeadlineExceeded"}""", (int)JobPhase.Lost, (int)JobEnd.TimeLimit, "its time limit was up on n1 (DeadlineExceeded)" },
        { """{"phase":"Failed","reason":"NodeLost"}""", (int)JobPhase.Lost, (int)JobEnd.NodeLost, "its machine n1 is lost (NodeLost)" },
        { """{"phase":"Failed","reason":"NodeShutdown"}""", (int)JobPhase.Lost, (int)JobEnd.NodeLost, "its machine n1 was shut down (NodeShutdown)" },
        { """{"phase":"Failed","reason":"Preempting"}""", (int)JobPhase.Lost, (int)JobEnd.Preempted, "it had to make room for others on n1 (Preempting)" },
        { """{"phase":"Failed","reason":"OutOfcpu","message":"Node didn't have enough resource: cpu"}""", (int)JobPhase.Lost, (int)JobEnd.Preempted, "the machine n1 did not take it: Node didn't have enough resource: cpu (OutOfcpu)" },
        { """{"phase":"Failed","conditions":[{"type":"DisruptionTarget","status":"True","reason":"PreemptionByScheduler"}]}""", (int)JobPhase.Lost, (int)JobEnd.Preempted, "it had to make room for others on n1 (PreemptionByScheduler)" },
        { """{"phase":"Failed","conditions":[{"type":"DisruptionTarget","status":"True","reason":"DeletionByTaintManager"}]}""", (int)JobPhase.Lost, (int)JobEnd.NodeLost, "its machine n1 is lost (DeletionByTaintManager)" },
        { """{"phase":"Failed","message":"Something new."}""", (int)JobPhase.Lost, (int)JobEnd.Other, "Kubernetes ended it on n1: Something new" },
        { """{"phase":"Pending","containerStatuses":[{"name":"flow","state":{"waiting":{"reason":"InvalidImageName","message":"bad"} } }]}""", (int)JobPhase.Lost, (int)JobEnd.CannotStart, "the image cannot be had: bad (InvalidImageName)" },
    };

    [Theory, MemberData(nameof(Endings))]
    public void Report_EndOfAPod_SaysWhatItMeans(string status, int phase, int end, string reason)
    {
        Assert.Equal((phase, end, reason), JobWords.Report(JobOf(), [Pod(status)], Now) is var report ? ((int)report.Phase, (int)report.End, report.Reason!) : default);
        // The job's own word comes later and says less.
        Assert.Equal(reason, JobWords.Report(JobOf("""{"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}"""), [Pod(status)], Now).Reason);
    }

    [Fact]
    public void Report_MachineThatDoesNotAnswer_IsLost()
    {
        var pod = Pod("""{"phase":"Running"}""", ""","deletionTimestamp":"2026-01-01T11:59:00Z" """);
        Assert.Equal((JobPhase.Lost, JobEnd.NodeLost, "its machine n1 does not answer any more"), JobWords.Report(JobOf(), [pod], Now) is var report ? (report.Phase, report.End, report.Reason) : default);
        Assert.Equal(JobPhase.Running, JobWords.Report(JobOf(), [pod], Now - TimeSpan.FromSeconds(45)).Phase);
    }

    [Fact]
    public void Report_DriverThatDied_IsStartedAgain()
    {
        var report = JobWords.Report(JobOf(isDriver: true), [Pod("""{"phase":"Running"}"""), Pod(Ended(137, "Error"))], Now);
        Assert.Equal((JobPhase.Waiting, "it is started again: ended by signal 9 on n1"), (report.Phase, report.Reason));
        Assert.Equal(JobPhase.Failed, JobWords.Report(JobOf("""{"type":"Failed","status":"True","reason":"PodFailurePolicy"}""", isDriver: true), [Pod(Ended(1, "Error"))], Now).Phase);
    }

    [Fact]
    public void Report_PodThatIsGone_TellsHowItWasLastSeen()
    {
        var pod = Pod("""{"phase":"Running","conditions":[{"type":"DisruptionTarget","status":"True","reason":"EvictionByEvictionAPI","message":"drain"}]}""") with { Gone = true };
        Assert.Equal(JobPhase.Waiting, JobWords.Report(JobOf(), [pod], Now).Phase);
        var report = JobWords.Report(JobOf("""{"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}"""), [pod], Now);
        Assert.Equal((JobPhase.Lost, JobEnd.Preempted, "it was evicted on n1: drain (EvictionByEvictionAPI)"), (report.Phase, report.End, report.Reason));
    }
}
