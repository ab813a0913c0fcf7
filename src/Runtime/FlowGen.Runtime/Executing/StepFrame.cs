using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowGen.CompilerServices;

/// <summary>What one attempt of a task gets and gives: inputs by slot, services, outputs by slot. Made by the runtime, used by generated code only.</summary>
public sealed class StepFrame
{
    private readonly object?[] _inputs;
    private readonly object?[] _outputs;

    internal StepFrame(object flow, object?[] inputs, int outputs, StepContext context, CancellationToken cancellationToken)
    {
        Flow = flow;
        _inputs = inputs;
        _outputs = outputs == 0 ? [] : new object?[outputs];
        Context = context;
        CancellationToken = cancellationToken;
    }

    /// <summary>The flow object of this attempt.</summary>
    public object Flow { get; }

    /// <summary>The context of this attempt.</summary>
    public StepContext Context { get; }

    /// <summary>Logger of this attempt.</summary>
    public ILogger Logger => Context.Logger;

    /// <summary>Cancelled when the run stops or the attempt's time is up.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>An input of shape <see cref="InputShape.Value"/> or <see cref="InputShape.Item"/>.</summary>
    public T Value<T>(int slot) => (T)_inputs[slot]!;

    /// <summary>An input of shape <see cref="InputShape.Gather"/>: a new array that belongs to the caller.</summary>
    public T[] Gather<T>(int slot) => Array.ConvertAll((object?[])_inputs[slot]!, static value => (T)value!);

    /// <summary>An input in a wrap other than <see cref="InputWrap.None"/>.</summary>
    public T Value<T>(int slot, Func<InputItem, T> wrap) => wrap((InputItem)_inputs[slot]!);

    /// <summary>A gather whose items come in a wrap.</summary>
    public T[] Gather<T>(int slot, Func<InputItem, T> wrap) => Array.ConvertAll((InputItem[])_inputs[slot]!, item => wrap(item));

    /// <summary>A gather that is read one by one.</summary>
    public async IAsyncEnumerable<T> Stream<T>(int slot, Func<InputItem, T> wrap)
    {
        await foreach (var item in ((IAsyncEnumerable<InputItem>)_inputs[slot]!).WithCancellation(CancellationToken).ConfigureAwait(false)) yield return wrap(item);
    }

    /// <summary>A service of the program.</summary>
    public T Service<T>() where T : class => Services is null ? throw new InvalidOperationException($"The run was given no services, so there is no {typeof(T)}.") : Services.GetRequiredService<T>();

    /// <summary>A service of the program, if it has it.</summary>
    public T? OptionalService<T>() where T : class => Services?.GetService<T>();

    /// <summary>A resource that this process has opened, by its position.</summary>
    public T PerWorker<T>(int resource) => (T)Resources[resource]!;

    /// <summary>Sets an output.</summary>
    public void Set<T>(int slot, T value) => _outputs[slot] = value;

    internal object?[] Outputs => _outputs;

    /// <summary>The services in the scope of this attempt; <c>null</c> if the run has none, or nothing asks for any.</summary>
    internal IServiceProvider? Services { get; set; }

    /// <summary>The resources of this process; those that the method takes are open.</summary>
    internal IReadOnlyList<object?> Resources { get; set; } = [];
}
