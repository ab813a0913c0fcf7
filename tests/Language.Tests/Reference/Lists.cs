using Language.Tests.Flows;

namespace Language.Tests.Reference;

/// <summary>Lists that are read side by side leave out the same items; null does not stand for two things.</summary>
internal static class Lists
{
    public static Mistake? Check(FlowSpec flow, Scopes scopes, Guards guards)
    {
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            foreach (var input in flow.Steps[s].Inputs.Where(input => input.Wrap == Wrap.Nullable && flow.WrapOf(input) == Wrap.None && !input.Source.IsParameter))
                if (IsMissing(flow, scopes, guards, s, input)) return Mistake.AmbiguousNull;

            var lists = flow.Steps[s].Inputs.Where(input => input.Shape == Shape.Gather && flow.WrapOf(input) is Wrap.None or Wrap.Outcome or Wrap.Handle).ToList();
            for (var i = 0; i < lists.Count; i++)
                for (var j = 0; j < i; j++)
                {
                    var (first, second) = (scopes.CollectedBy(s, lists[i]), scopes.CollectedBy(s, lists[j]));
                    if (!first.SequenceEqual(second)) continue;
                    var leavesOut = guards.Selection(lists[i].Source.Step, first).Equals(guards.Selection(lists[j].Source.Step, second));
                    if (!leavesOut || Failures(lists[i]) != Failures(lists[j])) return Mistake.UnequalGathers;
                }
        }
        return null;
    }

    /// <summary>The step whose failed tasks a list leaves out; -1 for none.</summary>
    private static int Failures(InputSpec list) => list.MinSuccess < 1 ? list.Source.Step : -1;

    private static bool IsMissing(FlowSpec flow, Scopes scopes, Guards guards, int s, InputSpec input) => input.Shape switch
    {
        Shape.Gather => input.MinSuccess < 1 || guards.Selection(input.Source.Step, scopes.CollectedBy(s, input)).Sides.Count > 0,
        // It can be missing unless the step runs only where it is made.
        Shape.Plain => guards.Of(input.Source.Step).Sides.Any(side =>
            !(guards.Of(s).Sides.GetValueOrDefault(side.Key) ?? flow.KindOf(side.Key).Values().ToHashSet()).IsSubsetOf(side.Value)),
        _ => false,
    };
}
