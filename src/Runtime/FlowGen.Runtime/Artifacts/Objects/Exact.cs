using System.Diagnostics.CodeAnalysis;

namespace FlowGen.CompilerServices;

/// <summary>Checks that an object is exactly what its codec writes: not <c>null</c>, and not of a subclass, of which a part would be lost.</summary>
public static class Exact
{
    /// <summary>The object itself, if it is of type <typeparamref name="T"/> and of no subclass.</summary>
    /// <exception cref="ArtifactException">It is <c>null</c> or of a subclass.</exception>
    public static T Of<T>([NotNull] T? value) where T : class
    {
        if (value is null) throw Null(typeof(T));
        return value.GetType() == typeof(T) ? value : throw Subclass(value.GetType(), typeof(T));
    }

    /// <summary>The object itself, if there is one.</summary>
    /// <exception cref="ArtifactException">It is <c>null</c>.</exception>
    public static T NotNull<T>([NotNull] T? value) where T : class => value ?? throw Null(typeof(T));

    internal static ArtifactException Null(Type type)
    {
        var name = TypeNames.Of(type);
        return new($"null where the type {name} does not allow it; return a value, or declare the type as {name}?.");
    }

    private static ArtifactException Subclass(Type found, Type declared) => new(
        $"an object of type {TypeNames.Of(found)} where {TypeNames.Of(declared)} is declared: the rest of it would be lost; declare {TypeNames.Of(found)}.");
}
