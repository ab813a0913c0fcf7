namespace Resilience.Tests.Faults;

/// <summary>What happens to one request to a server.</summary>
public enum RequestTrouble
{
    None,

    /// <summary>The process is killed before it.</summary>
    Killed,

    /// <summary>The process is killed when the server has done it.</summary>
    KilledAfter,

    /// <summary>The server fails with 500 InternalError.</summary>
    InternalError,

    /// <summary>The server asks for fewer requests with 503 SlowDown.</summary>
    SlowDown,

    /// <summary>Another put of the same object is under way: 409.</summary>
    Conflict,

    /// <summary>The connection breaks before the server sees the request.</summary>
    Reset,

    /// <summary>The server does what it is asked; the connection breaks before its answer.</summary>
    LostReply,

    /// <summary>Half of the answer's content arrives.</summary>
    PartialReply,

    /// <summary>Nothing comes back within the time that is given.</summary>
    Silence,

    /// <summary>The put is not answered, and takes place when later requests have.</summary>
    Delayed,
}
