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

    /// <summary>Positions of the steps that must have finished before.</summary>
    public EquatableArray<int> After { get; init; }

    public PolicyModel Policies { get; init; } = PolicyModel.None;

    public int MaxParallel { get; init; }

    public bool Durable { get; init; }
}

/// <summary>How a method gives its result.</summary>
/// <param name="IsTask">A task of any kind: to be awaited.</param>
/// <param name="HasValue">There is a value.</param>
internal readonly record struct ReturnShape(bool IsTask, bool HasValue);
