namespace FlowGen.CompilerServices;

/// <summary>How the items of a collection lie in its encoding. The numbers are part of the format.</summary>
internal enum ItemForm : byte
{
    /// <summary>One MessagePack value each.</summary>
    Values = 0,

    /// <summary>The memory of primitives.</summary>
    Block = 1,

    /// <summary>Groups of rows of a table.</summary>
    Table = 2,
}
