using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>Chooses the runs that a collection retires: closed ones, that no run which stays takes results of.</summary>
internal static class RunSelection
{
    /// <param name="rules">What was asked for.</param>
    /// <param name="newest">The newest generation.</param>
    /// <param name="looks">All runs.</param>
    /// <param name="closes">Which open runs count as closed already, as they would be.</param>
    /// <param name="now">The time.</param>
    public static (ImmutableArray<RunKey> Retired, ImmutableArray<RunKey> Needed) Of(RetireRules rules, Generation newest, ImmutableList<RunLook> looks, Func<RunLook, bool> closes, DateTimeOffset now)
    {
        var runs = looks.Where(look => (!look.IsOpen || closes(look)) && !newest.IsRetired(look.Run) && (look.Manifest is not null || rules.Named.Contains(look.Run))).Select(look => look.Run).OrderBy(run => run.Id, StringComparer.Ordinal);
        var chosen = rules.Of(runs, now).ToHashSet();
        var needed = new HashSet<RunKey>();
        // What stays may need others, which then stay as well.
        for (var before = -1; before != needed.Count;)
        {
            before = needed.Count;
            foreach (var look in looks)
            {
                if (look.Manifest is null || chosen.Contains(look.Run)) continue;
                foreach (var run in RunDependencies.Of(look.Manifest))
                    if (!rules.Named.Contains(run) && chosen.Remove(run)) needed.Add(run);
            }
        }

        return ([.. chosen.OrderBy(run => run.Id, StringComparer.Ordinal)], [.. needed.OrderBy(run => run.Id, StringComparer.Ordinal)]);
    }
}
