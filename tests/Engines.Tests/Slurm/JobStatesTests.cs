using FlowGen.Engines;
using FlowGen.Slurm;

namespace Engines.Tests.Slurm;

public class JobStatesTests
{
    [Theory]
    [InlineData("PENDING", 0, "Resources", JobPhase.Waiting, JobEnd.Other, "no machine is free (Resources)")]
    [InlineData("PENDING", 0, "QOSMaxCpuPerUserLimit", JobPhase.Waiting, JobEnd.Other, "a limit of its account or quality of service is reached (QOSMaxCpuPerUserLimit)")]
    [InlineData("PENDING", 0, "DependencyNeverSatisfied", JobPhase.Lost, JobEnd.CannotStart, "what it depends on has failed (DependencyNeverSatisfied)")]
    [InlineData("PENDING", 0, "BadConstraints", JobPhase.Lost, JobEnd.CannotStart, "no machine has what it asks for (BadConstraints)")]
    [InlineData("PENDING", 0, "PartitionConfig", JobPhase.Waiting, JobEnd.Other, "no machine of its partition has what it asks for (PartitionConfig)")]
    [InlineData("PENDING", 0, "launch failed requeued held", JobPhase.Waiting, JobEnd.Other, "a machine could not start it, and it is held (launch failed requeued held)")]
    [InlineData("CONFIGURING", 0, "None", JobPhase.Waiting, JobEnd.Other, "its machine is being started (CONFIGURING)")]
    [InlineData("REQUEUED", 0, "None", JobPhase.Waiting, JobEnd.Other, "it waits to be started again (REQUEUED)")]
    [InlineData("REQUEUE_HOLD", 0, "JobHoldMaxRequeue", JobPhase.Waiting, JobEnd.Other, "it is held; scontrol release 7 lets it start (REQUEUE_HOLD)")]
    [InlineData("COMPLETING", 0, "None", JobPhase.Running, JobEnd.Other, null)]
    [InlineData("SUSPENDED", 0, "None", JobPhase.Running, JobEnd.Other, "it is suspended on n1 (SUSPENDED)")]
    [InlineData("OUT_OF_MEMORY", 9, "OutOfMemory", JobPhase.Lost, JobEnd.OutOfMemory, "out of memory on n1: it used more than it had asked for (OUT_OF_MEMORY)")]
    [InlineData("TIMEOUT", 15, "TimeLimit", JobPhase.Lost, JobEnd.TimeLimit, "its time limit was up on n1 (TIMEOUT)")]
    [InlineData("DEADLINE", 0, "DeadLine", JobPhase.Lost, JobEnd.TimeLimit, "its time limit was up on n1 (DEADLINE)")]
    [InlineData("BOOT_FAIL", 0, "None", JobPhase.Lost, JobEnd.NodeLost, "its machine n1 could not be started (BOOT_FAIL)")]
    [InlineData("CANCELLED by 1000", 0, "None", JobPhase.Lost, JobEnd.Cancelled, "it was cancelled on n1 (CANCELLED by 1000)")]
    [InlineData("CANCELLED", 0, "DependencyNeverSatisfied", JobPhase.Lost, JobEnd.CannotStart, "what it depends on has failed (DependencyNeverSatisfied)")]
    [InlineData("FAILED", 75 << 8, "NonZeroExitCode", JobPhase.Failed, JobEnd.Other, "exit code 75 on n1")]
    [InlineData("FAILED", 0, "JobLaunchFailure", JobPhase.Lost, JobEnd.Other, "Slurm ended it on n1 (JobLaunchFailure)")]
    [InlineData("NEW_WORD", 0, "None", JobPhase.Running, JobEnd.Other, "Slurm calls its state NEW_WORD")]
    internal void Report_State_SaysWhatItMeans(string state, int exitCode, string reason, JobPhase phase, JobEnd end, string? words)
    {
        var report = JobStates.Report(new QueueEntry("7", "a", "squares/1", state, exitCode, "n1", reason));
        Assert.Equal((phase, end, words), (report.Phase, report.End, report.Reason));
    }

    [Theory]
    [InlineData("768", 768)]
    [InlineData("3:0", 768)]
    [InlineData("0:9", 9)]
    [InlineData("", 0)]
    public void ExitStatus_BothForms_AreRead(string text, int status) => Assert.Equal(status, QueueEntry.ExitStatus(text));

    [Fact]
    public void Parse_WhatIsNoLine_IsUnavailable() => Assert.Throws<EngineUnavailableException>(() => QueueEntry.Parse(new string(' ', 100) + "x\n").ToList());
}
