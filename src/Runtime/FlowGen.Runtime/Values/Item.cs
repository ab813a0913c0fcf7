namespace FlowGen;

/// <summary>A gathered value with its place.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Index">Index of the task that made it in its dimensions, slowest first, from 0; as in <c>score[3,1]</c>.</param>
/// <param name="Value">The value.</param>
public readonly record struct Item<T>(IReadOnlyList<int> Index, T Value);
