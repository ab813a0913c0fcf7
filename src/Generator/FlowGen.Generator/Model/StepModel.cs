namespace FlowGen.Generator.Model;

/// <summary>A step.</summary>
/// <param name="Name">Such as <c>fit</c>.</param>
/// <param name="Method">Name of the method, such as <c>FitAsync</c>.</param>
/// <param name="Call">What stands before the arguments, such as <c>flow.FitAsync</c>.</param>
/// <param name="Returns">How the result comes.</param>
/// <param name="ResultType">Fully qualified type of the result; <c>null</c> for none.</param>
internal sealed record StepModel(string Name, string Method, string Call, ReturnShape Returns, string? ResultType)
{
    public string? Description { get; init; }

    /// <summary>The method's parameters, services included, in order.</summary>
    public EquatableArray<ArgumentModel> Arguments { get; init; }

    /// <summary>Dimensions, slowest first.</summary>
    public EquatableArray<int> Scope { get; init; }

    public int FirstArtifact { get; init; }

    public int ArtifactCount { get; init; }

    /// <summary>Steps that must have finished before.</summary>
    public EquatableArray<AfterModel> After { get; init; }

    /// <summary>When it runs: all that has to be asked.</summary>
    public EquatableArray<GuardModel> Guard { get; init; }

    /// <summary>Whether its failure fails no run.</summary>
    public bool Contained { get; init; }

    public LoopModel? Loop { get; init; }

    /// <summary>Fully qualified type of the flow that each of its tasks is.</summary>
    public string? SubFlow { get; init; }

    public PolicyModel Policies { get; init; } = PolicyModel.None;

    public int MaxParallel { get; init; }

    public bool Durable { get; init; }
}

/// <summary>How a method gives its result.</summary>
/// <param name="IsTask">A task of any kind: to be awaited.</param>
/// <param name="HasValue">There is a value.</param>
internal readonly record struct ReturnShape(bool IsTask, bool HasValue);

/// <summary>A step that must have finished before another one.</summary>
internal readonly record struct AfterModel(int Step, bool Always);
