namespace FlowGen.Generator.Model;

/// <summary>A flow parameter.</summary>
/// <param name="Name">Such as <c>testShare</c>.</param>
/// <param name="Property">Such as <c>TestShare</c>.</param>
/// <param name="Type">Its type and codec.</param>
/// <param name="Parser">Expression that makes its parser.</param>
internal sealed record ParameterModel(string Name, string Property, ArtifactType Type, string Parser)
{
    public string? Description { get; init; }

    /// <summary>Source text of the initializer.</summary>
    public string? DefaultText { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Which result of another run it is, if it is one.</summary>
    public FromRunModel? FromRun { get; init; }

    /// <summary>Whether it is the time for which the run was scheduled.</summary>
    public bool IsFromSchedule { get; init; }

    /// <summary>Checks made from validation attributes, in order.</summary>
    public EquatableArray<CheckModel> Checks { get; init; }

    /// <summary>The method that checks what its value is made of; <c>null</c> if there is nothing to check.</summary>
    public string? Inside { get; init; }

    public bool IsChecked => Checks.Count > 0 || Inside is not null;
}

/// <summary>One check of a parameter's value.</summary>
/// <param name="Fails">Condition over <c>value</c> under which the value is wrong.</param>
/// <param name="Message">What is wrong, as the end of a sentence.</param>
/// <param name="Pattern">Regular expression that the condition calls <c>pattern</c>, if any.</param>
internal sealed record CheckModel(string Fails, string Message, string? Pattern = null);
