using System.Reflection;
using System.Runtime.CompilerServices;

namespace FlowGen.Testing;

/// <summary>What a function gives, at once or as a task.</summary>
internal static class StepResult
{
    /// <param name="declared">What the function says it returns.</param>
    /// <returns>The type of the value, <c>null</c> if there is none, and how to get it.</returns>
    public static (Type? Type, Func<object?, ValueTask<object?>> Get) Of(Type declared)
    {
        if (declared == typeof(void)) return (null, static _ => default);
        if (declared == typeof(Task)) return (null, static task => WaitAsync((Task)task!));
        if (declared == typeof(ValueTask)) return (null, static task => WaitAsync(((ValueTask)task!).AsTask()));
        if (!declared.IsGenericType) return (declared, static value => new(value));
        var definition = declared.GetGenericTypeDefinition();
        var name = definition == typeof(Task<>) ? nameof(OfTaskAsync) : definition == typeof(ValueTask<>) ? nameof(OfValueTaskAsync) : null;
        if (name is null) return (declared, static value => new(value));
        var type = declared.GetGenericArguments()[0];
        return (type, typeof(StepResult).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).CreateDelegate<Func<object?, ValueTask<object?>>>());
    }

    /// <summary>The types of a tuple's elements; none if it is no tuple.</summary>
    public static IEnumerable<Type> Elements(Type tuple)
    {
        if (!tuple.IsGenericType || !tuple.IsAssignableTo(typeof(ITuple))) return [];
        var arguments = tuple.GetGenericArguments();
        // The eighth is a tuple of the rest.
        return arguments.Length < 8 ? arguments : [.. arguments[..7], .. Elements(arguments[7])];
    }

    private static async ValueTask<object?> WaitAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private static async ValueTask<object?> OfTaskAsync<T>(object? task) => await ((Task<T>)task!).ConfigureAwait(false);

    private static async ValueTask<object?> OfValueTaskAsync<T>(object? task) => await ((ValueTask<T>)task!).ConfigureAwait(false);
}
