namespace Penguins;

/// <summary>The kinds of model that are tried.</summary>
public enum Trainer { MaximumEntropy, FastTree, FastForest }

/// <summary>One entry of the grid; every trainer reads what concerns it.</summary>
public sealed record Settings(Trainer Trainer, int Trees = 0, int Leaves = 0, double Strength = 0);

/// <summary>A trained model and its accuracy in cross-validation.</summary>
public sealed record Candidate(Settings Settings, double ValidationAccuracy, Model Model);

/// <summary>The candidate that won, with its accuracy on penguins that no candidate has seen.</summary>
public sealed record Best(Settings Settings, double ValidationAccuracy, double TestAccuracy, Model Model);
