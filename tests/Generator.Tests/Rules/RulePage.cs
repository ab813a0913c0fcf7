using System.Reflection;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Rules;

/// <summary>A page of docs/rules.</summary>
internal sealed record RulePage(string Id, string Title, string? Violation, string? Fix)
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "rules");

    /// <summary>Every rule that the generator or its analyzers can report.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> Descriptors { get; } = typeof(Descriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()
        .ToDictionary(descriptor => descriptor.Id);

    /// <summary>The ids of all rules of the compiler, in order.</summary>
    public static IEnumerable<string> Ids => Descriptors.Keys.Order(StringComparer.Ordinal);

    /// <summary>Those that a flow can violate.</summary>
    public static IEnumerable<string> Violable => Ids.Where(id => id != "FG0001");

    public static TheoryData<string> AllIds => [.. Ids];

    public static TheoryData<string> ViolableIds => [.. Violable];

    public static RulePage Read(string id)
    {
        var file = Path.Combine(Folder, id + ".md");
        Assert.True(File.Exists(file), $"{id} has no page docs/rules/{id}.md.");
        var text = File.ReadAllText(file);
        return new RulePage(id, text.Split('\n')[0], Snippet(text, "## Violation"), Snippet(text, "## Fix"));
    }

    private static string? Snippet(string text, string heading)
    {
        var section = text.Split('\n' + heading + '\n') is [_, var rest] ? rest : null;
        return section?.Split("```csharp\n")[1].Split("\n```")[0];
    }
}
