namespace FlowGen.S3;

/// <summary>What a failed request means for the next step.</summary>
internal enum FailureKind
{
    /// <summary>It may have been carried out or not; it may work the next time.</summary>
    Unsure,

    /// <summary>The server has too much to do: it was not carried out, and asking more slowly helps.</summary>
    Throttled,

    /// <summary>The server does not accept who asks; with credentials that are read again it may.</summary>
    Credentials,

    /// <summary>There is no such object.</summary>
    Missing,

    /// <summary>404 without a word of what is missing: the object, where an answer has no content; otherwise it is not S3 that answers.</summary>
    NotFound,

    /// <summary>There is such an object already.</summary>
    Exists,

    /// <summary>The object ends before the range that was asked for.</summary>
    BeyondEnd,

    /// <summary>Asking again would not help.</summary>
    Fatal,
}

/// <summary>A request that failed, and what to tell people if nothing helps.</summary>
internal sealed record S3Failure(FailureKind Kind, FlowException Error);
