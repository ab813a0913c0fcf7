namespace FlowGen.Generator.Model;

/// <summary>What an input's value, or each item of a gather, comes in. Named as the runtime's <c>InputWrap</c>.</summary>
internal enum WrapKind
{
    /// <summary>The value itself.</summary>
    None,

    /// <summary><c>null</c> where the producer was skipped.</summary>
    Nullable,

    /// <summary><c>Optional&lt;T&gt;</c>.</summary>
    Optional,

    /// <summary><c>Outcome&lt;T&gt;</c>.</summary>
    Outcome,

    /// <summary><c>Artifact&lt;T&gt;</c>.</summary>
    Handle,

    /// <summary><c>Item&lt;T&gt;</c>, of a gather only.</summary>
    Indexed,
}

/// <summary>Which list a gather fills.</summary>
internal enum ListKind
{
    /// <summary>An array, also behind <c>IReadOnlyList</c>.</summary>
    Array,

    ImmutableArray,

    /// <summary><c>IAsyncEnumerable</c>, read one by one.</summary>
    Stream,
}
