using FlowGen.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FlowGen.Testing;

/// <summary>
/// Runs flows in memory: <c>await new ChurnFlow().RunAsync(test)</c>. Steps can be replaced and made to fail; afterwards it tells what ran.
/// Nothing touches the disk unless a step does, and nobody waits between two attempts.
/// </summary>
/// <remarks>
/// Steps run in this process with whatever the machine has: rates, resources, environment variables and processes of their own do not apply, time limits do. Runs of one object share a store that lasts
/// as long as the object. Not for several runs at the same time.
/// </remarks>
public sealed partial class FlowTest
{
    private readonly Interception _interception = new();
    private readonly Lazy<IServiceProvider> _services;

    /// <summary>A test without replacements and failures.</summary>
    public FlowTest() => _services = new(() => new HostServices(Services).Provide());

    /// <summary>What the steps can take (<see cref="ServiceAttribute"/>): <c>test.Services.AddSingleton&lt;IClock>(new FakeClock())</c>. Complete before the first run. A step that is replaced needs none.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Tasks at the same time. Default 1: in the same order every time; 0 for one per core.</summary>
    public int MaxParallel { get; init; } = 1;

    /// <summary>Whether a run that fails is a <see cref="RunFailedException"/>. Default: <c>true</c>.</summary>
    public bool ThrowOnFailure { get; init; } = true;

    /// <summary>Whether nothing new starts after the first failure. Default: <c>false</c>.</summary>
    public bool FailFast { get; init; }

    /// <summary>Tags of the run. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Calls something else instead of a step, with the step's own signature: <c>Replace(ChurnFlow.Fit, (settings, train) => new Candidate(0.9))</c>.</summary>
    /// <typeparam name="TStep">Signature of the step, found by the compiler.</typeparam>
    /// <param name="step">The step's method; of an instance method, that of any object.</param>
    /// <param name="with">What is called.</param>
    public FlowTest Replace<TStep>(TStep step, TStep with) where TStep : Delegate
    {
        ArgumentNullException.ThrowIfNull(with);
        _interception.Replace(StepName.Of(step), with);
        return this;
    }

    /// <summary>Calls something else instead of a step, with as many of the step's inputs as it likes: <c>Replace("best", (IReadOnlyList&lt;Candidate> candidates) => candidates[0])</c>.</summary>
    /// <param name="step">Name of the step or its method, ignoring case.</param>
    /// <param name="with">
    /// What is called. Its parameters have the names and types of inputs of the step, or are a <see cref="StepContext"/>, a <see cref="CancellationToken"/>, an <c>ILogger</c> or the flow. It returns what the
    /// step returns, at once or as a task: the artifact, a tuple of several, or nothing.
    /// </param>
    public FlowTest Replace(string step, Delegate? with)
    {
        _interception.Replace(StepName.Of(step), with);
        return this;
    }

    /// <summary>Gives a value instead of calling a step.</summary>
    /// <param name="step">Name of the step or its method, ignoring case.</param>
    /// <param name="value">The step's artifact; a tuple for several.</param>
    public FlowTest Replace(string step, object? value)
    {
        _interception.Replace(StepName.Of(step), value);
        return this;
    }

    /// <summary>Makes every attempt fail before the step is called.</summary>
    /// <param name="task">Name of a task such as <c>fit[3]</c>, or of a step or its method for all its tasks, ignoring case.</param>
    /// <param name="error">What is thrown; <see cref="PermanentFailureException"/> for one that is never tried again, <see cref="SystemFailureException"/> for one that is no fault of the step.</param>
    public FlowTest Fail(string task, Exception error) => Fail(task, error, int.MaxValue);

    /// <summary>Makes the first attempts fail before the step is called.</summary>
    /// <param name="task">Name of a task such as <c>fit[3]</c>, or of a step or its method for all its tasks, ignoring case.</param>
    /// <param name="error">What is thrown; <see cref="PermanentFailureException"/> for one that is never tried again, <see cref="SystemFailureException"/> for one that is no fault of the step.</param>
    /// <param name="times">How many attempts of each task fail.</param>
    public FlowTest Fail(string task, Exception error, int times)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        return Fail(task, at => at.Attempt <= times ? error : null);
    }

    /// <summary>Makes every attempt fail before the step is called.</summary>
    /// <param name="step">The step's method.</param>
    /// <param name="error">What is thrown; <see cref="PermanentFailureException"/> for one that is never tried again, <see cref="SystemFailureException"/> for one that is no fault of the step.</param>
    public FlowTest Fail(Delegate step, Exception error) => Fail(step, error, int.MaxValue);

    /// <summary>Makes the first attempts fail before the step is called.</summary>
    /// <param name="step">The step's method.</param>
    /// <param name="error">What is thrown; <see cref="PermanentFailureException"/> for one that is never tried again, <see cref="SystemFailureException"/> for one that is no fault of the step.</param>
    /// <param name="times">How many attempts of each task fail.</param>
    public FlowTest Fail(Delegate step, Exception error, int times)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        return Fail(step, at => at.Attempt <= times ? error : null);
    }

    /// <summary>Makes attempts fail before the step is called: <c>Fail("fit", at => at is { Attempt: 2, Index: [3] } ? new IOException() : null)</c>.</summary>
    /// <param name="task">Name of a task such as <c>fit[3]</c>, or of a step or its method for all its tasks, ignoring case.</param>
    /// <param name="error">Asked at every attempt, perhaps by several at the same time; what it gives is thrown.</param>
    public FlowTest Fail(string task, Func<StepContext, Exception?> error) => Fail(StepName.Of(task), error);

    /// <summary>Makes attempts fail before the step is called: <c>Fail(ChurnFlow.Fit, at => at is { Attempt: 2, Index: [3] } ? new IOException() : null)</c>.</summary>
    /// <param name="step">The step's method.</param>
    /// <param name="error">Asked at every attempt, perhaps by several at the same time; what it gives is thrown.</param>
    public FlowTest Fail(Delegate step, Func<StepContext, Exception?> error) => Fail(StepName.Of(step), error);

    /// <summary>The options that make a run this test's.</summary>
    public RunOptions ToRunOptions() => new() { MaxParallel = MaxParallel, ThrowOnFailure = ThrowOnFailure, FailFast = FailFast, Tags = Tags, Services = _services.Value, Interceptor = _interception };

    /// <summary>The options that make a run this test's: <c>await new ChurnFlow().RunAsync(test)</c>.</summary>
    public static implicit operator RunOptions(FlowTest test) => (test ?? throw new ArgumentNullException(nameof(test))).ToRunOptions();

    private FlowTest Fail(StepName task, Func<StepContext, Exception?> error)
    {
        ArgumentNullException.ThrowIfNull(error);
        _interception.Fail(task, error);
        return this;
    }
}
