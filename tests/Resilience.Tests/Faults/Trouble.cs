namespace Resilience.Tests.Faults;

/// <summary>What happens to one operation of a store.</summary>
public enum Trouble
{
    /// <summary>The process is killed before it.</summary>
    Killed,

    /// <summary>The process is killed after it.</summary>
    KilledAfter,

    /// <summary>The medium fails (EIO).</summary>
    IoError,

    /// <summary>There is no space (ENOSPC).</summary>
    NoSpace,

    /// <summary>The store cannot be reached: what is left of a 500, a 503, a connection that was reset, or a server of files that is away.</summary>
    Unavailable,

    /// <summary>The process is not let run for so long that another one takes its place and comes to an end; then it goes on (SIGSTOP and SIGCONT).</summary>
    Asleep,

    /// <summary>It takes ten minutes.</summary>
    Slow,

    /// <summary>Half of what is read arrives.</summary>
    Partial,

    /// <summary>A put arrives, its answer does not.</summary>
    LostReply,

    /// <summary>A put is not answered, and arrives when later operations went on.</summary>
    Delayed,

    /// <summary>A put arrives, is answered, and arrives once more later.</summary>
    Duplicated,

    /// <summary>Pages of a listing are taken at different times: it lacks the last object that was put, and has later ones.</summary>
    StaleList,
}
