namespace FlowGen.Runs;

/// <summary>What is remarkable about a success.</summary>
[Flags]
internal enum TaskMarks : byte
{
    None = 0,

    /// <summary>Of a loop: there is a next iteration.</summary>
    GoesOn = 1,

    /// <summary>Of a loop: it would go on, but ended at its greatest number of iterations.</summary>
    StoppedAtMax = 2,

    /// <summary>The step was given the error of another task, so its result is never taken over by a later run.</summary>
    GivenError = 4,
}
