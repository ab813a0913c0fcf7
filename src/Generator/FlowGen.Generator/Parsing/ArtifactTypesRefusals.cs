using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Types that are no data, with the reason and a way out.</summary>
internal static class ArtifactRefusals
{
    private const string Items = "return the items, as an array or List<T>";

    private static readonly Dictionary<string, (string Is, string Edit)> Live = new(StringComparer.Ordinal)
    {
        ["System.IO.Stream"] = ("an open resource", "store its content as byte[], or as a Blob if it is large"),
        ["System.IO.TextReader"] = ("an open resource", "store its content as a string"),
        ["System.IO.TextWriter"] = ("an open resource", "store its content as a string"),
        ["System.Threading.Tasks.Task"] = ("work that may still be running", "await it and store its result"),
        ["System.Threading.Tasks.ValueTask"] = ("work that may still be running", "await it and store its result"),
        ["System.Threading.Tasks.ValueTask`1"] = ("work that may still be running", "await it and store its result"),
        ["System.Threading.CancellationToken"] = ("a signal within one process", "remove it"),
        ["System.Delegate"] = ("code", "store what the code works on, and call it in the step that needs it"),
        ["System.Lazy`1"] = ("work that may not have been done", "store its value"),
        ["System.Exception"] = ("tied to the code that threw it", "store its message"),
        ["System.Type"] = ("code", "store its name"),
        ["System.Net.Http.HttpClient"] = ("an open resource", "make it in the step that needs it"),
        ["FlowGen.StepContext"] = ("a service of the runtime", "take it as a parameter of the step that needs it"),
    };

    private static readonly HashSet<string> Lazy = new(StringComparer.Ordinal)
    {
        "System.Collections.IEnumerable", "System.Collections.Generic.IEnumerable`1", "System.Collections.Generic.IAsyncEnumerable`1",
        "System.Collections.IEnumerator", "System.Collections.Generic.IEnumerator`1", "System.Collections.Generic.IAsyncEnumerator`1",
        "System.Linq.IQueryable", "System.Linq.IQueryable`1", "System.Linq.IGrouping`2", "System.Linq.ILookup`2", "System.Linq.IOrderedEnumerable`1",
    };

    private static readonly HashSet<string> Shapes = new(StringComparer.Ordinal) { "FlowGen.Artifact`1", "FlowGen.Optional`1", "FlowGen.Outcome`1", "FlowGen.Item`1" };

    /// <summary>Why values of a type can never be stored, or <c>null</c>.</summary>
    public static (DiagnosticDescriptor Rule, string[] Arguments)? Of(ITypeSymbol type, ArtifactUse use)
    {
        var shown = type.Shown();
        if (type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer || type.IsRefLikeType) return (Descriptors.MemoryReferenceArtifact, [use.Subject, shown]);
        if (type.TypeKind is TypeKind.Dynamic or TypeKind.TypeParameter || type.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum or SpecialType.System_Array)
            return (Descriptors.UntypedArtifact, [use.Subject, shown]);
        if (type is not INamedTypeSymbol named) return null;
        if (Shapes.Contains(named.FullMetadataName()))
            return (Descriptors.ShapeArtifact, [use.Subject, shown, named.Name == "Optional" ? $"{named.TypeArguments[0].WithoutNull().Shown()}?" : named.TypeArguments[0].Shown()]);
        if (Lazy.Contains(named.FullMetadataName())) return (Descriptors.LazyArtifact, [use.Subject, shown, Items]);
        for (var level = named; level is not null; level = level.BaseType)
            if (Live.TryGetValue(level.FullMetadataName(), out var live)) return (Descriptors.LiveArtifact, [use.Subject, shown, live.Is, live.Edit]);
        if (KnownCodecs.Of(named) is not null) return null;
        if (named.TypeKind == TypeKind.Interface)
            return (Descriptors.AbstractArtifact, [use.Subject, shown, "an interface", $"use a class, a record, or a collection such as IReadOnlyList<T>{Union(named)}"]);
        if (named.IsAbstract && named.TypeKind == TypeKind.Class)
            return (Descriptors.AbstractArtifact, [use.Subject, shown, "an abstract class", $"use a class or record that is not abstract{Union(named)}"]);
        return null;
    }

    /// <summary>People can write attributes on their own types only.</summary>
    private static string Union(INamedTypeSymbol type) => type.Locations.Any(place => place.IsInSource) ? ", or list its types with [ArtifactUnion(typeof(...))]" : "";
}
