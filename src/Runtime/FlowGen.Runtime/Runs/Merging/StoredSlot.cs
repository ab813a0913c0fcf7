namespace FlowGen.Runs;

/// <summary>The content of a slot, from wherever it was read.</summary>
/// <param name="Number">The slot.</param>
/// <param name="Key">The object that held it, for errors.</param>
/// <param name="Content">What it holds.</param>
internal readonly record struct StoredSlot(int Number, string Key, ReadOnlyMemory<byte> Content);
