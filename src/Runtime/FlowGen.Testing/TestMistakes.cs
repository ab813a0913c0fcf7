using System.Reflection;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace FlowGen.Testing;

/// <summary>What a test can get wrong, in words.</summary>
internal static class TestMistakes
{
    private const string Name = "FG1230", Replaced = "FG1231";

    public static FlowException NoStep(FlowDefinition flow, string name) => New(Name,
        $"Flow '{flow.Name}' has no step '{name}'{Hint(name, flow.Steps.SelectMany(step => new[] { step.Name, step.Method }))}; its steps are {string.Join(", ", flow.Steps.Select(step => step.Name))}.");

    public static FlowException NoTask(string step, StepName name, List<RunTask> all) => New(Name, all.Count == 0
        ? $"Step '{step}' had no task in the last run: what it iterates is empty or was never made."
        : $"Step '{step}' had no task '{name}' in the last run; {(all.Count == 1 ? $"its task is {all[0].Name}" : $"its {all.Count} tasks are {all[0].Name} to {all[^1].Name}")}.");

    public static FlowException SeveralTasks(string name, IReadOnlyList<RunTask> tasks) => New(Name, $"'{name}' is the name of {tasks.Count} tasks; name one, such as {tasks[0].Name}.");

    public static FlowException NothingRan(StepName name) => New(Name, $"No flow has run with this test, so nothing is known of '{name}'; await RunAsync(test) first.");

    public static FlowException NoMethod() => New(Name, "A step is named by a lambda or a local function; name its own method, such as ChurnFlow.Fit.");

    public static FlowException OtherFlow(MethodInfo method, FlowDefinition flow) => New(Name, $"'{TypeNames.Of(method.DeclaringType!)}.{method.Name}' is no step of the flow that runs, {flow.ClassName}; name one of that.");

    public static FlowException NoSubFlow(string step, string name) => New(Name, $"Step '{step}' is no sub-flow, so there is no step '{name}' in it; name '{step}'.");

    public static FlowException ReplacedTask(StepName name) => New(Name,
        $"'{name}' names a task, but only steps can be replaced; replace '{string.Join('/', name.Path.Select(part => part.Head))}' and let the replacement look at the index of its StepContext.");

    public static FlowException NoInput(StepDefinition step, string parameter) => New(Replaced,
        $"The replacement of step '{step.Name}' takes '{parameter}', but the step has no such input{Hint(parameter, step.Inputs.Select(input => input.Name))}; {(step.Inputs.IsEmpty ? "it has none" : $"its inputs are {string.Join(", ", step.Inputs.Select(input => input.Name))}")}.");

    public static FlowException WrongInput(StepDefinition step, string parameter, Type type, string expected) => New(Replaced,
        $"The replacement of step '{step.Name}' takes '{parameter}' as {TypeNames.Of(type)}, which the step gets as {expected}; declare it so.");

    public static FlowException WrongResult(FlowDefinition flow, StepDefinition step, string given) => New(Replaced,
        $"The replacement of step '{step.Name}' gives {given}, but the step makes {Makes(flow, step)}; give that.");

    private static string Makes(FlowDefinition flow, StepDefinition step)
    {
        var artifacts = flow.Artifacts.Skip(step.FirstArtifact).Take(step.ArtifactCount).Select(artifact => $"{artifact.TypeName}{(artifact.Nullable ? "?" : "")} '{artifact.Name}'").ToList();
        return artifacts.Count switch
        {
            0 => "nothing",
            1 => artifacts[0],
            _ => $"a tuple of {string.Join(", ", artifacts)}",
        };
    }

    private static string Hint(string name, IEnumerable<string> candidates) => NearMiss.Of(name, candidates) is { } near ? $" (did you mean '{near}'?)" : "";

    private static FlowException New(string code, string message) => new(code, message, ExitCodes.Usage);
}
