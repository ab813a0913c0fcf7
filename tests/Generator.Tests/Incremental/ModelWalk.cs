using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Incremental;

/// <summary>Walks everything that a cached value reaches.</summary>
internal static class ModelWalk
{
    /// <summary>Types that would keep a compilation alive or compare by reference.</summary>
    public static void AssertHoldsNoCompilation(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(object Value, string Path)>();
        if (root is not null) open.Push((root, root.GetType().Name));
        while (open.Count > 0)
        {
            var (value, path) = open.Pop();
            Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or Diagnostic, $"{path} holds a {value.GetType().Name}.");
            if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value))) continue;
            if (value is IEnumerable items)
            {
                foreach (var item in items)
                    if (item is not null) open.Push((item, path + "[]"));
                continue;
            }
            for (var type = value.GetType(); type is not null; type = type.BaseType)
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    if (field.GetValue(value) is { } inner) open.Push((inner, path + "." + field.Name));
        }
    }
}
