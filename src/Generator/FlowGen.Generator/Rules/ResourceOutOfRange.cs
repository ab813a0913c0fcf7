using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0608: as many cores and graphics processors as a machine can have.</summary>
internal static class ResourceOutOfRange
{
    public static (double Cpu, int Gpu) Check(StepDeclaration step, AttributeData resources, FlowContext context)
    {
        var (cpu, gpu) = (resources.Named("Cpu") as double? ?? 1, resources.Named("Gpu") as int? ?? 0);
        if (!(cpu is > 0 and <= 1024)) context.Report(Descriptors.ResourceOutOfRange, resources.ArgumentPlace(0, "Cpu"), step.Name, "Cpu", Literals.Shown(cpu), "more than 0 and at most 1024 cores", "Cpu = 2 or Cpu = 0.5");
        if (gpu is < 0 or > 64 || (gpu == 0 && resources.Named("Gpu") is not null))
            context.Report(Descriptors.ResourceOutOfRange, resources.ArgumentPlace(0, "Gpu"), step.Name, "Gpu", Literals.Shown(gpu), "1 to 64 graphics processors", "Gpu = 1, or leave it out for none");
        return (cpu, gpu);
    }
}
