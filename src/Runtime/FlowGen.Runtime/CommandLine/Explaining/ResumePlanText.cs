using FlowGen.Executing.Reuse;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>What a resume would do, step by step: a line for each that runs or may run, with the reasons, and one for all that is reused.</summary>
internal static class ResumePlanText
{
    private const int ShownReasons = 4;

    public static void Write(TextWriter output, IReadOnlyList<PlannedStep> steps, RunKey origin)
    {
        output.WriteLine($"Resuming {origin} would do this:");
        var table = new TextTable();
        foreach (var step in steps.Where(step => step.Runs > 0 || step.MayRun > 0 || step.IsUnknown))
            table.Add(step.Name, What(step), Why(step));
        if (!steps.Any(step => step.Runs > 0 || step.MayRun > 0 || step.IsUnknown)) output.WriteLine("  nothing runs: every result is there");
        table.WriteTo(output, "  ");
        var reused = steps.Where(step => step.Reused > 0).ToList();
        if (reused.Count > 0) output.WriteLine($"  reused: {string.Join(", ", reused.Select(step => step.IsSingle ? step.Name : $"{Numbers.Show(step.Reused)} {step.Name}"))}");
    }

    private static string What(PlannedStep step) =>
        step.Runs == 0 ? "may run" : step.IsSingle ? "runs" : $"runs {Numbers.Show(step.Runs)} of {Numbers.Show(step.Runs + step.MayRun + step.Reused)}";

    private static string Why(PlannedStep step)
    {
        var reasons = step.Reasons.Take(ShownReasons).ToList();
        if (step.DependsOn.Count > 0) reasons.Add($"{(step.Runs > 0 ? "others " : "")}if results of {string.Join(", ", step.DependsOn)} change");
        return string.Join("; ", reasons) + (step.Reasons.Count > ShownReasons ? "; ..." : "");
    }
}
