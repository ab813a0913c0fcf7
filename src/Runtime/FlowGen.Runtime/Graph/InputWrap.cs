namespace FlowGen.CompilerServices;

/// <summary>What an input's value, or each item of a gather, comes in.</summary>
public enum InputWrap
{
    /// <summary>The value itself. A skipped producer means skipped too (of a gather: left out), a failed one blocked.</summary>
    None,

    /// <summary><c>null</c> where the producer was skipped.</summary>
    Nullable,

    /// <summary><see cref="Optional{T}"/>: none where the producer was skipped.</summary>
    Optional,

    /// <summary><see cref="Outcome{T}"/>: the value, or the error of a failed or blocked producer.</summary>
    Outcome,

    /// <summary><see cref="Artifact{T}"/>: a handle, read on demand.</summary>
    Handle,

    /// <summary><see cref="Item{T}"/>: of a gather, the value with its index.</summary>
    Indexed,
}
