using System.Collections.Immutable;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>
/// What a code fix may write. It travels in the properties of the diagnostic, decided by the rule that knows the flow: a fix only edits syntax.
/// Each kind holds one or more alternatives, the best first.
/// </summary>
internal static class Repair
{
    /// <summary>Names that the input at the place could have.</summary>
    public const string Name = nameof(Name);

    /// <summary>Attributes for the input at the place.</summary>
    public const string Attribute = nameof(Attribute);

    /// <summary>Attributes that could stand instead of all binding attributes of the input.</summary>
    public const string Binding = nameof(Binding);

    /// <summary>Attributes for the method or property around the place.</summary>
    public const string Mark = nameof(Mark);

    /// <summary>Types for what is declared at the place, fully qualified.</summary>
    public const string Type = nameof(Type);

    /// <summary>Expressions that could stand at the place.</summary>
    public const string Text = nameof(Text);

    /// <summary>Keywords that can go from the declaration at the place.</summary>
    public const string Modifier = nameof(Modifier);

    /// <summary>Attributes, by short name, that can go from the input at the place.</summary>
    public const string Removal = nameof(Removal);

    /// <summary>Names of inputs that could change places with the one at the place.</summary>
    public const string Swap = nameof(Swap);

    /// <summary>Values that conditions do not cover, as expressions.</summary>
    public const string Case = nameof(Case);

    /// <summary>What an <c>[Otherwise]</c> that covers the rest would name, as an expression.</summary>
    public const string Otherwise = nameof(Otherwise);

    public static readonly ImmutableDictionary<string, string?> None = ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> Of(string kind, params string[] alternatives) => None.And(kind, alternatives);

    public static ImmutableDictionary<string, string?> And(this ImmutableDictionary<string, string?> repairs, string kind, params string[] alternatives) =>
        alternatives.Length == 0 ? repairs : repairs.SetItem(kind, string.Join("\n", alternatives));

    /// <summary>Takes an input as it is: without an attribute if its name says the source, else with <c>[From]</c> instead.</summary>
    public static ImmutableDictionary<string, string?> WithoutShape(this ImmutableDictionary<string, string?> repairs, InputDeclaration input, string attribute) =>
        string.Equals(input.Source!.Name, input.Parameter.Name, StringComparison.OrdinalIgnoreCase)
            ? repairs.And(Removal, attribute)
            : repairs.And(Binding, $"From({input.Source.Reference})");

    public static string[] Read(Diagnostic diagnostic, string kind) =>
        diagnostic.Properties.TryGetValue(kind, out var texts) && texts is not null ? texts.Split('\n') : [];
}
