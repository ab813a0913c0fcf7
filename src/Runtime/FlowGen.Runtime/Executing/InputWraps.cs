namespace FlowGen.CompilerServices;

/// <summary>What a step takes of a producer's result, one method for each <see cref="InputWrap"/>. For generated code: <c>frame.Gather(0, InputWraps.Outcome&lt;Page&gt;)</c>.</summary>
public static class InputWraps
{
    /// <summary>The value itself; of <see cref="InputWrap.Nullable"/>, <c>null</c> where there is none.</summary>
    public static T None<T>(InputItem item) => (T)item.Value!;

    /// <summary>The value if there is one.</summary>
    public static Optional<T> Optional<T>(InputItem item) => item.Exists ? new Optional<T>((T)item.Value!) : default;

    /// <summary>The value or the error.</summary>
    public static Outcome<T> Outcome<T>(InputItem item) => item.Error is { } error ? FlowGen.Outcome<T>.Of(error) : FlowGen.Outcome<T>.Of((T)item.Value!);

    /// <summary>A handle that reads the value on demand.</summary>
    public static Artifact<T> Handle<T>(InputItem item)
    {
        var handle = (ArtifactHandle)item.Value!;
        return new Artifact<T>(handle.Name, handle.Hash, handle.Size, async cancel => (T)(await handle.Read(cancel).ConfigureAwait(false))!);
    }

    /// <summary>The value with its index.</summary>
    public static Item<T> Indexed<T>(InputItem item) => new(item.Index.ToArray(), (T)item.Value!);
}
