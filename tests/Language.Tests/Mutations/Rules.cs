using System.Reflection;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;

namespace Language.Tests.Mutations;

/// <summary>The compiler's rules by name.</summary>
internal static class Rules
{
    private static readonly Dictionary<string, string> Ids = typeof(FlowGenerator).Assembly.GetType("FlowGen.Generator.Diagnostics.Descriptors", throwOnError: true)!
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
        .ToDictionary(field => field.Name, field => ((DiagnosticDescriptor)field.GetValue(null)!).Id);

    /// <summary>The id of the rule with this name.</summary>
    public static string Id(string name) => Ids.TryGetValue(name, out var id) ? id : throw new ArgumentException($"There is no rule {name}.", nameof(name));
}
