namespace FlowGen.Scheduling;

/// <summary>The collection of a dimension is known.</summary>
internal readonly record struct DimensionWidth(int Dimension, int Width);
