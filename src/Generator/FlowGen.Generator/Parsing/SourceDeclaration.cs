using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Something an input can be bound to: an artifact or a flow parameter.</summary>
internal abstract class SourceDeclaration(string name, ITypeSymbol type, Location place)
{
    public string Name { get; } = name;

    public ITypeSymbol Type { get; } = type;

    public Location Place { get; } = place;

    /// <summary>Its codec, once resolved.</summary>
    public ArtifactType? Stored { get; set; }

    /// <summary>Such as <c>artifact 'best' of step 'best'</c>.</summary>
    public abstract string Description { get; }

    /// <summary>How an attribute names it: <c>nameof(Load)</c> or <c>"train"</c>.</summary>
    public abstract string Reference { get; }

    /// <summary>The step that makes it; <c>null</c> for a parameter.</summary>
    public virtual StepDeclaration? Producer => null;
}

/// <summary>An artifact of a step.</summary>
/// <param name="step">Its producer.</param>
/// <param name="name">Its name.</param>
/// <param name="element">For an element of a tuple, the element's name; for an output of a sub-flow, the output's.</param>
/// <param name="type">Its type.</param>
/// <param name="place">Where its name stands.</param>
internal sealed class ArtifactDeclaration(StepDeclaration step, string name, string? element, ITypeSymbol type, Location place)
    : SourceDeclaration(name, type, place)
{
    public string? Element { get; } = element;

    public override StepDeclaration Producer => step;

    public override string Description => $"artifact '{Name}' of step '{step.Name}'";

    public override string Reference => step.Artifacts.Count == 1 ? $"nameof({step.Method.Name})" : $"\"{Name}\"";
}

/// <summary>A flow parameter.</summary>
internal sealed class ParameterDeclaration(string name, IPropertySymbol property) : SourceDeclaration(name, property.Type, property.Place())
{
    public IPropertySymbol Property { get; } = property;

    /// <summary>Expression that makes its parser; <c>null</c> if its type is not supported.</summary>
    public string? Parser { get; set; }

    public EquatableArray<CheckModel> Checks { get; set; }

    /// <summary>Whether it is a result of another run.</summary>
    public bool IsFromRun { get; set; }

    /// <summary>Which; <c>null</c> also where something is wrong with it.</summary>
    public FromRunModel? FromRun { get; set; }

    /// <summary>Whether it is the time for which the run was scheduled.</summary>
    public bool IsFromSchedule { get; set; }

    /// <summary>The method that checks what its value is made of; <c>null</c> if there is nothing to check.</summary>
    public string? Inside { get; set; }

    public override string Description => $"parameter '{Name}'";

    public override string Reference => $"nameof({Property.Name})";
}
