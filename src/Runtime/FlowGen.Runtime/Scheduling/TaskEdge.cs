namespace FlowGen.Scheduling;

/// <summary>Each task of step <paramref name="To"/> waits for the tasks of step <paramref name="From"/> whose index agrees with its own in the dimensions they share.</summary>
/// <param name="From">Position of the step that is waited for.</param>
/// <param name="To">Position of the step that waits.</param>
/// <param name="Accepts">What the waiting task puts up with.</param>
/// <param name="CarriesData">Whether values pass along; false for a mere order.</param>
internal sealed record TaskEdge(int From, int To, EdgeAccepts Accepts = EdgeAccepts.Success, bool CarriesData = true)
{
    /// <summary>This edge and another between the same steps: it puts up with what both do, and carries what either does.</summary>
    public TaskEdge With(TaskEdge other) => new(From, To, Accepts < other.Accepts ? Accepts : other.Accepts, CarriesData || other.CarriesData);
}
