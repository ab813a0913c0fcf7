using System.Collections.Immutable;
using System.Reflection;
using FlowGen.CompilerServices;

namespace FlowGen.Testing;

/// <summary>Steps or tasks as a test names them: by name, in a sub-flow behind the step that it is (<c>prepare[2]/clean</c>), or by the step's method.</summary>
/// <param name="Path">Name of the step or its method with index and iteration of a task, such as <c>[3]#0</c>, empty for all; one for each flow on the way.</param>
/// <param name="Method">The step's method, if that was given.</param>
internal sealed record StepName(ImmutableArray<(string Head, string Suffix)> Path, MethodInfo? Method)
{
    /// <summary>Whether single tasks are named.</summary>
    public bool IsOfTasks => Path.Any(part => part.Suffix.Length > 0);

    public static StepName Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new StepName(Split(name), null);
    }

    public static StepName Of(Delegate step)
    {
        ArgumentNullException.ThrowIfNull(step);
        // The compiler's own names are no names of methods in C#.
        return step.Method.Name.Contains('<', StringComparison.Ordinal) ? throw TestMistakes.NoMethod() : new StepName([(step.Method.Name, "")], step.Method);
    }

    /// <summary>The step that a task is of: <c>prepare/clean</c> of <c>prepare[2]/clean[3]</c>.</summary>
    public static string StepOf(string task) => string.Join('/', Split(task).Select(part => part.Head));

    /// <summary>The steps that are meant, at least one.</summary>
    /// <exception cref="FlowException">FG1230: the flow has none.</exception>
    public IReadOnlyList<string> In(FlowDefinition flow, Type flowClass)
    {
        if (Method is not null) return Named(flow, flowClass, "").ToList() is { Count: > 0 } found ? found : throw TestMistakes.OtherFlow(Method, flow);
        var (inner, path) = (flow, "");
        foreach (var (head, _) in Path)
        {
            if (inner is null) throw TestMistakes.NoSubFlow(path, head);
            var step = inner.Steps.FirstOrDefault(step => head.Equals(step.Name, StringComparison.OrdinalIgnoreCase) || head.Equals(step.Method, StringComparison.OrdinalIgnoreCase)) ?? throw TestMistakes.NoStep(inner, head);
            (inner, path) = (step.SubFlow?.Flow, path.Length == 0 ? step.Name : $"{path}/{step.Name}");
        }

        return [path];
    }

    /// <summary>Whether a task of the steps that are meant is meant too; of a loop, each iteration unless one is named.</summary>
    public bool Means(string task) => !IsOfTasks || Path.Zip(Split(task), static (part, of) =>
        part.Suffix.Length == 0 || (of.Suffix.StartsWith(part.Suffix, StringComparison.Ordinal) && (of.Suffix.Length == part.Suffix.Length || of.Suffix[part.Suffix.Length] == '#'))).All(means => means);

    public override string ToString() => string.Join('/', Path.Select(part => part.Head + part.Suffix));

    /// <param name="flow">A flow.</param>
    /// <param name="flowClass">Its class; <c>null</c> of a sub-flow, of which only the name is known.</param>
    /// <param name="prefix">What its steps are named behind.</param>
    private IEnumerable<string> Named(FlowDefinition flow, Type? flowClass, string prefix)
    {
        var isHere = flowClass is null ? Method!.DeclaringType!.Name == flow.ClassName : Method!.DeclaringType!.IsAssignableFrom(flowClass);
        foreach (var step in flow.Steps)
        {
            if (isHere && step.Method == Method.Name) yield return prefix + step.Name;
            if (step.SubFlow is null) continue;
            foreach (var inner in Named(step.SubFlow.Flow, null, $"{prefix}{step.Name}/")) yield return inner;
        }
    }

    private static ImmutableArray<(string Head, string Suffix)> Split(string name) => [.. name.Split('/').Select(static part =>
    {
        var end = part.AsSpan().IndexOfAny('[', '#');
        return end < 0 ? (part, "") : (part[..end], part[end..]);
    })];
}
