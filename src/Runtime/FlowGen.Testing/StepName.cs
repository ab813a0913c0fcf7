using System.Reflection;
using FlowGen.CompilerServices;

namespace FlowGen.Testing;

/// <summary>A step or a task as a test names it: by name, or by the step's method.</summary>
/// <param name="Head">Name of the step or its method.</param>
/// <param name="Suffix">Index and iteration of a task, such as <c>[3]#0</c>; empty for all tasks of the step.</param>
/// <param name="Method">The step's method, if that was given.</param>
internal sealed record StepName(string Head, string Suffix, MethodInfo? Method)
{
    public static StepName Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var end = name.AsSpan().IndexOfAny('[', '#');
        return end < 0 ? new StepName(name, "", null) : new StepName(name[..end], name[end..], null);
    }

    public static StepName Of(Delegate step)
    {
        ArgumentNullException.ThrowIfNull(step);
        // The compiler's own names are no names of methods in C#.
        return step.Method.Name.Contains('<', StringComparison.Ordinal) ? throw TestMistakes.NoMethod() : new StepName(step.Method.Name, "", step.Method);
    }

    /// <summary>The position of the step.</summary>
    /// <exception cref="FlowException">FG1230: the flow has no such step.</exception>
    public int In(FlowDefinition flow, Type flowClass)
    {
        if (Method is { DeclaringType: { } declaring } && !declaring.IsAssignableFrom(flowClass)) throw TestMistakes.OtherFlow(declaring, Head, flow);
        for (var step = 0; step < flow.Steps.Length; step++)
        {
            if (Method is not null ? Head == flow.Steps[step].Method : IsHead(flow.Steps[step].Name) || IsHead(flow.Steps[step].Method)) return step;
        }

        throw TestMistakes.NoStep(flow, Head);
    }

    private bool IsHead(string name) => Head.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a task of the step is meant; of a loop, each iteration unless one is named.</summary>
    public bool Means(string step, string task)
    {
        var suffix = task.AsSpan(step.Length);
        return Suffix.Length == 0 || suffix.StartsWith(Suffix, StringComparison.Ordinal) && (suffix.Length == Suffix.Length || suffix[Suffix.Length] == '#');
    }
}
