using FlowGen.Engines;

namespace FlowGen.Kubernetes.Watching;

/// <summary>What Kubernetes says of a job and its pods, as what it means for a driver and in words for people.</summary>
internal static class JobWords
{
    /// <summary>After this time of failing, an image is not going to come.</summary>
    private static readonly TimeSpan ImagePatience = TimeSpan.FromMinutes(2);

    /// <summary>A pod that is still there so long after it should be gone is on a machine that does not answer.</summary>
    private static readonly TimeSpan DeletionPatience = TimeSpan.FromSeconds(30);

    /// <param name="job">The job.</param>
    /// <param name="pods">Its pods, oldest first, those that are gone included.</param>
    /// <param name="now">The time.</param>
    public static JobReport Report(JobState job, IReadOnlyList<PodState> pods, DateTimeOffset now)
    {
        var pod = pods.Count > 0 ? pods[^1] : null;
        var last = pod is null ? new JobReport(JobPhase.Waiting) : Of(pod, now);
        var report = job switch
        {
            { Complete: true } => new JobReport(JobPhase.Succeeded, ExitCode: 0),
            { Failed: true } when last.HasEnded && last.Phase != JobPhase.Succeeded => last,
            { Failed: true, Reason: "DeadlineExceeded" } => new JobReport(JobPhase.Lost, JobEnd.TimeLimit, Reason: "its time limit was up (DeadlineExceeded)"),
            { Failed: true } => new JobReport(JobPhase.Lost, Reason: pod is null ? Words(job.Reason, job.Message) : "its pod was deleted"),
            // A driver is started again.
            { IsDriver: true } when last.HasEnded && last.End != JobEnd.CannotStart => new JobReport(JobPhase.Waiting, Reason: $"it is started again: {last.Reason ?? "it handed over"}"),
            // Before the controller has seen that its only pod was deleted, or in old clusters before it starts another.
            _ when pod is { Gone: true, HasEnded: false } => new JobReport(JobPhase.Waiting, Reason: "its pod was deleted"),
            _ => last,
        };
        return report with { Place = pod?.Node, EngineId = pod?.Name ?? job.Name };
    }

    private static JobReport Of(PodState pod, DateTimeOffset now)
    {
        var on = pod.Node is null ? "" : $" on {pod.Node}";
        return pod.Phase switch
        {
            "Succeeded" => new JobReport(JobPhase.Succeeded, ExitCode: 0),
            "Failed" => Failed(pod, on),
            _ when pod.Deleted is { } deleted && now > deleted + DeletionPatience && !pod.Gone => Lost(JobEnd.NodeLost, $"its machine {pod.Node} does not answer any more"),
            _ when pod.Gone => Disrupted(pod, on) ?? Lost(JobEnd.Other, $"its pod was deleted{on}"),
            "Running" => new JobReport(JobPhase.Running),
            _ => Pending(pod, now),
        };
    }

    private static JobReport Failed(PodState pod, string on) => (pod.Reason, pod.ContainerReason) switch
    {
        ("DeadlineExceeded", _) => Lost(JobEnd.TimeLimit, $"its time limit was up{on} (DeadlineExceeded)"),
        ("Evicted", _) => Lost(JobEnd.Preempted, $"it was evicted{on}: {Sentence(pod.Message) ?? "the machine was short of something"} (Evicted)"),
        ("Preempting" or "Preempted", _) => Lost(JobEnd.Preempted, $"it had to make room for others{on} ({pod.Reason})"),
        ("NodeLost", _) => Lost(JobEnd.NodeLost, $"its machine {pod.Node} is lost (NodeLost)"),
        ("Shutdown" or "NodeShutdown" or "Terminated", _) => Lost(JobEnd.NodeLost, $"its machine {pod.Node} was shut down ({pod.Reason})"),
        ("OutOfcpu" or "OutOfmemory" or "OutOfpods" or "OutOfephemeral-storage" or "UnexpectedAdmissionError" or "NodeAffinity" or "Taint", _) => Lost(JobEnd.Preempted, $"the machine {pod.Node} did not take it: {Sentence(pod.Message) ?? pod.Reason} ({pod.Reason})"),
        (_, "OOMKilled") => Lost(JobEnd.OutOfMemory, $"out of memory{on}: it used more than {pod.MemoryLimit ?? "there was"} (OOMKilled)"),
        (_, "ContainerCannotRun" or "StartError" or "RunContainerError") => Lost(JobEnd.CannotStart, $"the program could not be started{on}: {Sentence(pod.ContainerMessage) ?? pod.ContainerReason} ({pod.ContainerReason})"),
        _ when Disrupted(pod, on) is { } disrupted => disrupted,
        _ when pod.ExitCode is > 128 and < 160 and var code => new JobReport(JobPhase.Failed, ExitCode: code, Reason: $"ended by signal {code - 128}{on}"),
        _ when pod.ExitCode is { } code => new JobReport(JobPhase.Failed, ExitCode: code, Reason: $"exit code {code}{on}"),
        _ => Lost(JobEnd.Other, $"Kubernetes ended it{on}: {Words(pod.Reason, pod.Message)}"),
    };

    private static JobReport? Disrupted(PodState pod, string on) => pod.Disruption switch
    {
        null => null,
        "PreemptionByScheduler" => Lost(JobEnd.Preempted, $"it had to make room for others{on} (PreemptionByScheduler)"),
        "DeletionByTaintManager" or "DeletionByPodGC" => Lost(JobEnd.NodeLost, $"its machine {pod.Node} is lost ({pod.Disruption})"),
        "TerminationByKubelet" => Lost(JobEnd.NodeLost, $"its machine {pod.Node} ended it: {Sentence(pod.DisruptionMessage) ?? "it was shut down or short of something"} (TerminationByKubelet)"),
        _ => Lost(JobEnd.Preempted, $"it was evicted{on}: {Sentence(pod.DisruptionMessage) ?? "somebody asked for it"} ({pod.Disruption})"),
    };

    private static JobReport Pending(PodState pod, DateTimeOffset now)
    {
        var words = pod.Waiting is null ? null : Words(pod.Waiting, pod.WaitingMessage);
        return pod.Waiting switch
        {
            null when pod.Node is null && pod.Unscheduled is { } why => Waiting($"no machine takes it: {Sentence(why)} (Unschedulable)"),
            null or "ContainerCreating" or "PodInitializing" => Waiting(pod.Node is null ? null : $"it is being started on {pod.Node}"),
            "InvalidImageName" or "ErrImageNeverPull" => Lost(JobEnd.CannotStart, $"the image cannot be had: {words}"),
            "ErrImagePull" or "ImagePullBackOff" or "ImageInspectError" or "RegistryUnavailable" when now - pod.Created > ImagePatience => Lost(JobEnd.CannotStart, $"the image cannot be fetched: {words}"),
            "ErrImagePull" or "ImagePullBackOff" or "ImageInspectError" or "RegistryUnavailable" => Waiting($"the image cannot be fetched: {words}"),
            "CreateContainerConfigError" => Lost(JobEnd.CannotStart, $"something that it needs is not there: {words}"),
            "CreateContainerError" or "RunContainerError" => Lost(JobEnd.CannotStart, $"the program could not be started on {pod.Node}: {words}"),
            _ => Waiting(words),
        };
    }

    private static string Words(string? reason, string? message) => (Sentence(message), reason) switch
    {
        (null, null) => "it does not say why",
        (null, _) => reason,
        (var text, null) => text,
        var (text, _) => $"{text} ({reason})",
    };

    private static string? Sentence(string? text) => text?.ReplaceLineEndings(" ").Trim().TrimEnd('.') is { Length: > 0 } sentence ? sentence : null;

    private static JobReport Waiting(string? reason) => new(JobPhase.Waiting, Reason: reason);

    private static JobReport Lost(JobEnd end, string reason) => new(JobPhase.Lost, end, Reason: reason);
}
