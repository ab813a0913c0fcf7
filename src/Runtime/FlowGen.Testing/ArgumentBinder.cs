using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using FlowGen.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlowGen.Testing;

/// <summary>Finds for each parameter of a replacement what the step would have been given.</summary>
internal sealed class ArgumentBinder(FlowDefinition flow, StepDefinition step, Type? flowClass)
{
    /// <param name="type">Type of the parameter.</param>
    /// <param name="name">Name of the step's own parameter.</param>
    /// <param name="isStepsOwn">Whether the replacement has the step's signature: what is no input then is a resource, which is not opened for it.</param>
    /// <exception cref="FlowException">FG1231: the step has no such input, or gets it as another type.</exception>
    public Func<StepFrame, object?> Bind(Type type, string name, bool isStepsOwn)
    {
        if (type == typeof(StepContext)) return static frame => frame.Context;
        if (type == typeof(CancellationToken)) return static frame => frame.CancellationToken;
        if (type == typeof(ILogger)) return static frame => frame.Logger;
        for (var slot = 0; slot < step.Inputs.Length; slot++)
            if (step.Inputs[slot].Name == name) return Bind(type, step.Inputs[slot], slot);
        if (step.Services.FirstOrDefault(service => service.Name == name) is { } asked) return type == asked.Type ? frame => frame.Services?.GetService(type) : throw TestMistakes.WrongInput(step, name, type, TypeNames.Of(asked.Type));
        if (flowClass is null ? type.Name == flow.ClassName : type.IsAssignableFrom(flowClass) && type != typeof(object)) return static frame => frame.Flow;
        return isStepsOwn ? static _ => null : throw TestMistakes.NoInput(step, name);
    }

    private Func<StepFrame, object?> Bind(Type type, InputDefinition input, int slot)
    {
        var source = SourceOf(input);
        var isGather = input.Shape == InputShape.Gather;
        var item = isGather ? ItemOf(type, input.IsStream) : type;
        if (item is null || Inside(item, input.Wrap) is not { } value || !IsGivenTo(value, source, input.Wrap)) throw TestMistakes.WrongInput(step, input.Name, type, Expected(input, source));
        var read = typeof(ArgumentBinder).GetMethod(isGather ? nameof(Gather) : nameof(Value), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(isGather ? [item, value] : [value]);
        return (Func<StepFrame, object?>)read.Invoke(null, isGather ? [slot, input, type] : [slot, input])!;
    }

    private Type SourceOf(InputDefinition input)
    {
        if (input.Shape == InputShape.Item) return flow.Dimensions[input.Dimension].Items.Type;
        return input.Kind == SourceKind.Artifact ? flow.Artifacts[input.Source].Type : flow.Parameters[input.Source].Type;
    }

    private static bool IsGivenTo(Type value, Type source, InputWrap wrap) =>
        value.IsAssignableFrom(source) || wrap == InputWrap.Nullable && Nullable.GetUnderlyingType(value) == source;

    private static Type? ItemOf(Type collection, bool isStream)
    {
        if (collection.IsArray) return isStream ? null : collection.GetElementType();
        if (!collection.IsGenericType || collection.GetGenericArguments() is not [var item]) return null;
        if (collection.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) return isStream ? item : null;
        return !isStream && (collection.IsAssignableFrom(item.MakeArrayType()) || collection.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) ? item : null;
    }

    /// <summary>What is in the wrap; <c>null</c> if the type is another wrap or none.</summary>
    private static Type? Inside(Type type, InputWrap wrap)
    {
        var definition = wrap switch
        {
            InputWrap.Optional => typeof(Optional<>),
            InputWrap.Outcome => typeof(Outcome<>),
            InputWrap.Handle => typeof(Artifact<>),
            InputWrap.Indexed => typeof(Item<>),
            _ => null,
        };
        if (definition is null) return type;
        return type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments()[0] : null;
    }

    private static string Expected(InputDefinition input, Type source)
    {
        var value = TypeNames.Of(source);
        var item = input.Wrap switch
        {
            InputWrap.None => value,
            InputWrap.Nullable => value + "?",
            InputWrap.Handle => $"Artifact<{value}>",
            InputWrap.Indexed => $"Item<{value}>",
            var wrap => $"{wrap}<{value}>",
        };
        if (input.Shape != InputShape.Gather) return item;
        return input.IsStream ? $"IAsyncEnumerable<{item}>" : $"IReadOnlyList<{item}>";
    }

    private static Func<StepFrame, object?> Value<T>(int slot, InputDefinition input) => input.Wrap switch
    {
        InputWrap.None => frame => frame.Value<T>(slot),
        InputWrap.Nullable => frame => frame.Value(slot, InputWraps.None<T>),
        InputWrap.Optional => frame => frame.Value(slot, InputWraps.Optional<T>),
        InputWrap.Outcome => frame => frame.Value(slot, InputWraps.Outcome<T>),
        InputWrap.Handle => frame => frame.Value(slot, InputWraps.Handle<T>),
        _ => frame => frame.Value(slot, InputWraps.Indexed<T>),
    };

    private static Func<StepFrame, object?> Gather<TItem, T>(int slot, InputDefinition input, Type collection)
    {
        var wrap = (Func<InputItem, TItem>)(Delegate)(input.Wrap switch
        {
            InputWrap.Optional => InputWraps.Optional<T>,
            InputWrap.Outcome => InputWraps.Outcome<T>,
            InputWrap.Handle => InputWraps.Handle<T>,
            InputWrap.Indexed => InputWraps.Indexed<T>,
            _ => (Delegate)InputWraps.None<T>,
        });
        if (input.IsStream) return frame => frame.Stream(slot, wrap);
        Func<StepFrame, TItem[]> read = input.Wrap == InputWrap.None ? frame => frame.Gather<TItem>(slot) : frame => frame.Gather(slot, wrap);
        return collection == typeof(ImmutableArray<TItem>) ? frame => ImmutableCollectionsMarshal.AsImmutableArray(read(frame)) : read;
    }
}
