using FlowGen.Generator.Model;
using FlowGen.Generator.Rules;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Decides where each input of each step comes from: the runtime, what an attribute names, or what has the input's name.</summary>
internal sealed class InputBinder(FlowContext context, SourceTable sources)
{
    public static void Bind(FlowContext context)
    {
        var binder = new InputBinder(context, new SourceTable(context));
        foreach (var step in context.Steps)
        {
            if (step.IsCallable)
                for (var i = 0; i < step.Method.Parameters.Length; i++)
                    step.Inputs.Add(binder.Bind(step, step.Method.Parameters[i], Attributes(step, i)));
            foreach (var after in step.Attributed.GetAttributes().Where(attribute => attribute.AttributeClass.Is(context.Known.After)))
                if (UnknownPredecessor.Check(step, after, binder._sources, context) is { } predecessor) step.After.Add((predecessor.Id, after.Named("Always") is true));
        }
    }

    private readonly SourceTable _sources = sources;

    /// <summary>Attributes of a parameter: its own, or those of the method that the step overrides.</summary>
    private static IParameterSymbol Attributes(StepDeclaration step, int index) =>
        index < step.Attributed.Parameters.Length ? step.Attributed.Parameters[index] : step.Method.Parameters[index];

    private InputDeclaration Bind(StepDeclaration step, IParameterSymbol parameter, IParameterSymbol attributed)
    {
        // While the name is still being typed nothing is known of the input.
        if (parameter.Name.Length == 0) return new InputDeclaration(parameter, ArgumentKind.Value) { IsSound = false };
        var bindings = attributed.GetAttributes().Where(given => context.Known.OfInputs.Any(attribute => given.AttributeClass.Is(attribute))).ToList();
        if (Service(parameter.Type) is { } service)
        {
            if (bindings.Count > 0) BoundService.Report(step, parameter, bindings[0], context);
            return new InputDeclaration(parameter, service);
        }

        OptionalInput.Check(step, parameter, context);
        if (bindings is [{ AttributeClass: var only }] && only.Is(context.Known.Service)) return BindService($"step '{step.Name}'", parameter, _sources, context);
        var binding = bindings.FirstOrDefault();
        var input = new InputDeclaration(parameter, KindOf(binding?.AttributeClass)) { Binding = binding };
        if (!ConflictingBindings.Check(step, parameter, bindings, context)) input.IsSound = false;
        else if (input.Kind == ArgumentKind.OneOf) input.IsSound = FindAlternatives(step, input, binding!) && CheckAlternatives(step, input);
        else
        {
            input.Source = Find(step, input, binding);
            if (input.Source is ResourceDeclaration resource) return BindResource(step, input, resource);
            input.IsSound = input.Source is not null && CheckType(step, input, binding);
        }
        return input;
    }

    /// <param name="owner">The step, or what else takes it.</param>
    /// <param name="parameter">What takes it.</param>
    /// <param name="sources">All that could have been meant.</param>
    /// <param name="context">The flow.</param>
    public static InputDeclaration BindService(string owner, IParameterSymbol parameter, SourceTable sources, FlowContext context) => new(parameter, ArgumentKind.Service)
    {
        Shape = new Shape(parameter.Type.MayBeNull() ? WrapKind.Nullable : WrapKind.None, parameter.Type.WithoutNull()),
        IsSound = parameter.Type.TypeKind != TypeKind.Error && UnfitService.Check(owner, parameter, context) && ServiceLikeSource.Check(owner, parameter, sources, context),
    };

    private InputDeclaration BindResource(StepDeclaration step, InputDeclaration input, ResourceDeclaration resource)
    {
        if (input.Kind != ArgumentKind.Value)
        {
            input.IsSound = MisusedResource.Report(step, input, resource, context);
            return input;
        }

        var bound = new InputDeclaration(input.Parameter, ArgumentKind.PerWorker) { Binding = input.Binding, Source = resource };
        bound.IsSound = CheckType(step, bound, input.Binding);
        return bound;
    }

    private ArgumentKind KindOf(INamedTypeSymbol? attribute) =>
        attribute.Is(context.Known.ForEach) ? ArgumentKind.Item
        : attribute.Is(context.Known.Gather) ? ArgumentKind.Gather
        : attribute.Is(context.Known.OneOf) ? ArgumentKind.OneOf
        : attribute.Is(context.Known.Carry) ? ArgumentKind.Carry
        : ArgumentKind.Value;

    private ArgumentKind? Service(ITypeSymbol type) =>
        type.Is(context.Known.Context) ? ArgumentKind.Context
        : type.Is(context.Known.CancellationToken) ? ArgumentKind.CancellationToken
        : type.Is(context.Known.Logger) ? ArgumentKind.Logger
        : null;

    private SourceDeclaration? Find(StepDeclaration step, InputDeclaration input, AttributeData? binding)
    {
        if (binding?.Text(0) is { } named) return binding.Text(1) is { } artifact ? Find(step, input, binding, named, artifact) : Find(step, input, binding, named, 0);
        var name = input.Parameter.Name;
        if (_sources.IsAmbiguous(name)) return null;
        if (_sources.Source(name) is { } source) return source;
        // A type the compiler does not know may be a service without its 'using': that is the compiler's to say.
        if (input.Parameter.Type.TypeKind != TypeKind.Error) UnknownInput.Report(step, input, _sources, context);
        return null;
    }

    /// <summary>What an argument of an attribute names.</summary>
    private SourceDeclaration? Find(StepDeclaration step, InputDeclaration input, AttributeData binding, string name, int position)
    {
        if (_sources.IsAmbiguous(name)) return null;
        if (_sources.Source(name) is { } source) return source;
        if (_sources.Step(name) is not { } producer) UnknownSource.Report(step, input, binding, position, name, _sources, context);
        else if (producer.Artifacts is [var single]) return single;
        else SourceWithoutSingleArtifact.Report(step, input, binding, position, producer, context);
        return null;
    }

    /// <summary>One of the artifacts of a step, by the names of both.</summary>
    private ArtifactDeclaration? Find(StepDeclaration step, InputDeclaration input, AttributeData binding, string name, string artifact)
    {
        if (_sources.IsAmbiguous(name)) return null;
        if (_sources.Step(name) is not { } producer) UnknownSource.Report(step, input, binding, 0, name, _sources, context);
        else if (producer.Artifacts.FirstOrDefault(made => string.Equals(made.Element ?? made.Name, artifact, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
        else UnknownSource.Report(step, input, binding, producer, artifact, context);
        return null;
    }

    private bool FindAlternatives(StepDeclaration step, InputDeclaration input, AttributeData binding)
    {
        // The compiler gives no arguments at all where it could not make sense of them, and an array that is null for a lone null.
        if (binding.ConstructorArguments is not [{ Kind: TypedConstantKind.Array } given]) return false;
        var names = given.IsNull ? [] : given.Values.Select(value => value.Value as string).ToList();
        if (!BadAlternatives.CheckNames(step, input, names, context)) return false;
        for (var i = 0; i < names.Count; i++)
            if (Find(step, input, binding, names[i]!, i) is { } found) input.Alternatives.Add(found);
        if (input.Alternatives.Count < names.Count) return false;
        input.Source = input.Alternatives[0];
        return BadAlternatives.Check(step, input, context);
    }

    private bool CheckType(StepDeclaration step, InputDeclaration input, AttributeData? binding)
    {
        var source = input.Source!;
        if (source.Type.TypeKind == TypeKind.Error || input.Parameter.Type.TypeKind == TypeKind.Error) return false;
        return input.Kind switch
        {
            ArgumentKind.Item => CheckItem(step, input, binding!),
            ArgumentKind.Gather => CheckGather(step, input, binding!),
            ArgumentKind.Carry => CheckConversion(step, input),
            _ => CheckValue(step, input),
        };
    }

    private bool CheckItem(StepDeclaration step, InputDeclaration input, AttributeData binding)
    {
        input.MaxParallel = BadMaxParallel.Check(step, input, binding, context);
        input.CollectionItem = Lists.ItemOf(input.Source!.Type, context.Known);
        if (input.CollectionItem is null || input.Source.Type.MayBeNull()) return NotIterable.Report(step, input, binding, context);
        input.Label = BadLabel.Check(step, input, binding, context);
        return MeaninglessShape.Check(step, input, input.Parameter.Type, context) && ItemTypeMismatch.Check(step, input, context);
    }

    private bool CheckGather(StepDeclaration step, InputDeclaration input, AttributeData binding)
    {
        input.Over = binding.Named("Over") as string;
        if (input.Over is { } over) input.OverSource = _sources.Source(over) ?? (_sources.Step(over)?.Artifacts is [var single] ? single : null);
        var item = Lists.GatheredItemOf(input.Parameter.Type, context.Known);
        if (item is not null) input.Shape = Shape.Of(item, context.Known).From(input.Source!);
        input.MinSuccess = BadMinSuccess.Check(step, input, binding, context);
        return (item is null || MeaninglessShape.Check(step, input, item, context)) && UnsupportedGatherType.Check(step, input, context);
    }

    private bool CheckValue(StepDeclaration step, InputDeclaration input)
    {
        // The handle is the value.
        if (input.Source is ParameterDeclaration { IsFromRun: true }) return CheckConversion(step, input);
        input.Shape = Shape.Of(input.Parameter.Type, context.Known).From(input.Source!);
        return MeaninglessShape.Check(step, input, input.Parameter.Type, context) && CheckConversion(step, input);
    }

    /// <summary>Each alternative binds as a value does. Where one may be null itself, null cannot say that none was made.</summary>
    private bool CheckAlternatives(StepDeclaration step, InputDeclaration input)
    {
        if (input.Alternatives.Append(input.Source!).Any(source => source.Type.TypeKind == TypeKind.Error) || input.Parameter.Type.TypeKind == TypeKind.Error) return false;
        foreach (var alternative in input.Alternatives)
        {
            input.Source = alternative;
            if (!CheckValue(step, input)) return false;
        }
        input.Source = input.Alternatives[0];
        input.Shape = Shape.Of(input.Parameter.Type, context.Known).From(input.Alternatives.FirstOrDefault(alternative => alternative.Type.MayBeNull()) ?? input.Source);
        return true;
    }

    private bool CheckConversion(StepDeclaration step, InputDeclaration input) => Conversions.Check(context.Compilation, input.Source!.Type, input.Shape.Value) switch
    {
        Fit.WrongType => InputTypeMismatch.Report(step, input, context),
        Fit.MayBeNull => NullableMismatch.Report(step, input, context),
        Fit.TupleNames => TupleNamesMismatch.Report(step, input, context),
        _ => true,
    };
}
