using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using FlowGen.CompilerServices;

namespace FlowGen.Testing;

/// <summary>What is done instead of calling a step. Whether it fits is found out before the run starts.</summary>
internal sealed class Replacement
{
    private readonly int _outputs;
    private readonly Delegate _with;
    private readonly Func<StepFrame, object?>[] _arguments;
    private readonly Func<object?, ValueTask<object?>> _result;

    private Replacement(int outputs, Delegate with, Func<StepFrame, object?>[] arguments, Func<object?, ValueTask<object?>> result) => (_outputs, _with, _arguments, _result) = (outputs, with, arguments, result);

    /// <summary>Whether it gives the step's artifacts; otherwise, of a step that is a flow, the parameters to run that with, as the step's method does.</summary>
    public required bool GivesArtifacts { get; init; }

    /// <param name="flow">The flow.</param>
    /// <param name="step">The step.</param>
    /// <param name="flowClass">Type of the flow's objects; <c>null</c> of a sub-flow.</param>
    /// <param name="name">How the test names the step.</param>
    /// <param name="with">A function, or a value.</param>
    /// <exception cref="FlowException">FG1231: it does not fit the step.</exception>
    public static Replacement Of(FlowDefinition flow, StepDefinition step, Type? flowClass, StepName name, object? with)
    {
        var given = with as Delegate ?? (() => with);
        var (type, result) = with is Delegate ? StepResult.Of(given.Method.ReturnType) : (with?.GetType(), static value => new ValueTask<object?>(value));
        var isFlow = step.SubFlow is { Flow: var inner } && type?.Name == inner.ClassName;
        var isNull = with is null && step.ArtifactCount == 1 && flow.Artifacts[step.FirstArtifact].Nullable;
        if (!isFlow && !isNull && !Fits(flow, step, type)) throw TestMistakes.WrongResult(flow, step, type is null ? with is null ? "null" : "nothing" : TypeNames.Of(type));

        var binder = new ArgumentBinder(flow, step, flowClass);
        var parameters = given.Method.GetParameters();
        // The step's own signature: its names count, whatever a lambda calls them.
        var names = name.Method?.GetParameters();
        return new Replacement(isFlow ? 1 : step.ArtifactCount, given, [.. parameters.Select((parameter, p) => binder.Bind(parameter.ParameterType, names?[p].Name ?? parameter.Name!, isStepsOwn: names is not null))], result) { GivesArtifacts = !isFlow };
    }

    public async ValueTask InvokeAsync(StepFrame frame)
    {
        var value = await _result(Call([.. _arguments.Select(argument => argument(frame))])).ConfigureAwait(false);
        if (_outputs == 1) frame.Set(0, value);
        else for (var i = 0; i < _outputs; i++) frame.Set(i, ((ITuple)value!)[i]);
    }

    private object? Call(object?[] arguments)
    {
        try
        {
            return _with.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    private static bool Fits(FlowDefinition flow, StepDefinition step, Type? given)
    {
        if (given is null) return step.ArtifactCount == 0;
        if (step.ArtifactCount == 0) return false;
        if (step.ArtifactCount == 1) return Fits(flow.Artifacts[step.FirstArtifact], given);
        List<Type> elements = [.. StepResult.Elements(given)];
        return elements.Count == step.ArtifactCount && elements.Select((element, i) => Fits(flow.Artifacts[step.FirstArtifact + i], element)).All(fits => fits);
    }

    private static bool Fits(ArtifactDefinition artifact, Type given) =>
        artifact.Type.IsAssignableFrom(given) || Nullable.GetUnderlyingType(artifact.Type) == given;
}
