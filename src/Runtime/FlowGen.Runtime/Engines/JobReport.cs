namespace FlowGen.Engines;

/// <summary>How far a job is.</summary>
internal enum JobPhase : byte
{
    /// <summary>Waits for a machine. <see cref="JobReport.Reason"/> says for what, if the engine does.</summary>
    Waiting,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>The program ended with exit code 0.</summary>
    Succeeded,

    /// <summary>The program ended by itself with another exit code.</summary>
    Failed,

    /// <summary>The engine or the machine ended it, or it could never start: no fault of the program unless <see cref="JobEnd.OutOfMemory"/> or <see cref="JobEnd.TimeLimit"/> is.</summary>
    Lost,
}

/// <summary>What ended a job that is <see cref="JobPhase.Lost"/>.</summary>
internal enum JobEnd : byte
{
    /// <summary>None of the others, or not lost.</summary>
    Other,

    /// <summary>It used more memory than it had asked for.</summary>
    OutOfMemory,

    /// <summary>Its time limit.</summary>
    TimeLimit,

    /// <summary>It had to make room for others.</summary>
    Preempted,

    /// <summary>Its machine is gone.</summary>
    NodeLost,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>It can never start as it is: no such image, no machine with so much memory. Trying again does not help.</summary>
    CannotStart,
}

/// <summary>What an engine knows of a job.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="End">What ended it.</param>
/// <param name="ExitCode">The program's, if it ended by itself.</param>
/// <param name="Reason">Why it waits or how it ended, in words for people that name what the engine said: <c>out of memory: it used more than 2 GiB (OOMKilled)</c>.</param>
/// <param name="Place">The machine, once there is one.</param>
/// <param name="EngineId">What the engine calls the job, such as Slurm's number: for people who look there.</param>
internal sealed record JobReport(JobPhase Phase, JobEnd End = JobEnd.Other, int? ExitCode = null, string? Reason = null, string? Place = null, string? EngineId = null)
{
    /// <summary>Whether it will do nothing more.</summary>
    public bool HasEnded => Phase > JobPhase.Running;
}
