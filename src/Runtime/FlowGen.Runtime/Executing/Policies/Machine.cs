using System.Globalization;
using FlowGen.CompilerServices;

namespace FlowGen.Executing.Policies;

/// <summary>What the attempts of a run may use of this machine.</summary>
/// <param name="Cpus">Cores.</param>
/// <param name="Memory">Bytes.</param>
internal readonly record struct Machine(double Cpus, long Memory)
{
    /// <summary>All of it, or what was asked for.</summary>
    public static Machine Of(RunRequest request) => new(
        request.Cpus > 0 ? request.Cpus : Environment.ProcessorCount,
        request.Memory > 0 ? request.Memory : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Refuses a flow with a step that could never start.</summary>
    /// <exception cref="FlowException">FG1021.</exception>
    public void Check(FlowDefinition flow, string prefix = "")
    {
        foreach (var step in flow.Steps)
        {
            if (step.SubFlow is { } inner) Check(inner.Flow, $"{prefix}{step.Name}/");
            if (step.Resources is not { } needs) continue;
            if (needs.Cpu > Cpus) throw TooMuch(prefix + step.Name, "cpu", Number(needs.Cpu) + " cores", Number(Cpus) + " cores", Number(Cpus));
            if (needs.Memory > Memory) throw TooMuch(prefix + step.Name, "memory", Quantity.Show(needs.Memory) + " of memory", Quantity.Show(Memory & ~(Quantity.Least - 1)), Quantity.Show(Memory & ~(Quantity.Least - 1)));
        }
    }

    private static FlowException TooMuch(string step, string policy, string needed, string found, string possible) => new("FG1021",
        $"Step '{step}' needs {needed}, but this run may use {found}. Run it with --with {step}:{policy}={possible}, or say with --flow-{(policy == "cpu" ? "cpus" : "memory")} that there is more.", 2);

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
