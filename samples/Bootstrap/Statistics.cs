namespace Bootstrap;

/// <summary>What is asked of every sample.</summary>
public sealed record Statistics(double MeanPrice, double MedianPrice, double Correlation);
