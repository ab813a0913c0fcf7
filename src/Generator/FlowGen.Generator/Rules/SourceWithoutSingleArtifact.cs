using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0203: a step's name stands for its artifact only if it makes exactly one.</summary>
internal static class SourceWithoutSingleArtifact
{
    public static void Report(StepDeclaration step, InputDeclaration input, AttributeData binding, int position, StepDeclaration producer, FlowContext context)
    {
        if (SubFlowWithoutOutputs.Report(step, input, producer, context)) return;
        var made = producer.Artifacts.Select(artifact => $"\"{artifact.Name}\"").ToList();
        var (found, edit) = made.Count == 0
            ? ("nothing", "return the value from it, or order the steps with [After]")
            : ($"{made.Count} artifacts", "name one of them: " + string.Join(", ", made));
        context.Report(Descriptors.SourceWithoutSingleArtifact, binding.ArgumentPlace(position), [producer.Place], Repair.Of(Repair.Text, [.. made]),
            input.Parameter.Name, step.Name, producer.Name, found, edit);
    }
}
