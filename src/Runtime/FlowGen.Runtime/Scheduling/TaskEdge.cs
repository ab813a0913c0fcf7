namespace FlowGen.Scheduling;

/// <summary>Tasks of step <paramref name="To"/> wait for tasks of step <paramref name="From"/>.</summary>
/// <param name="From">Position of the step that is waited for.</param>
/// <param name="To">Position of the step that waits.</param>
/// <param name="Kind">Which tasks wait for which.</param>
/// <param name="CarriesData">Whether values pass along; false for a mere order.</param>
internal readonly record struct TaskEdge(int From, int To, EdgeKind Kind, bool CarriesData);
