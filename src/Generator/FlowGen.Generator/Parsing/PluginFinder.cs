using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the plugins that referenced assemblies announce by <c>[assembly: FlowPlugin(typeof(...))]</c>.</summary>
internal static class PluginFinder
{
    private const string Runtime = "FlowGen.Runtime", Attribute = "FlowGen.CompilerServices.FlowPluginAttribute", Base = "FlowGen.CompilerServices.FlowPlugin";

    /// <summary>Full names, in ordinal order.</summary>
    public static EquatableArray<string> Find(Compilation compilation, CancellationToken cancel)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancel.ThrowIfCancellationRequested();
            // Attributes are dear to read, and most assemblies have nothing to do with this.
            if (!assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static other => other.Name == Runtime))) continue;
            foreach (var attribute in assembly.GetAttributes())
            {
                if (attribute.AttributeClass?.ToDisplayString() != Attribute) continue;
                if (attribute.ConstructorArguments is [{ Value: INamedTypeSymbol plugin }] && CanBeMade(plugin, compilation))
                    found.Add(plugin.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
            }
        }
        return found.ToEquatable();
    }

    private static bool CanBeMade(INamedTypeSymbol plugin, Compilation compilation) =>
        plugin is { IsAbstract: false, IsGenericType: false, BaseType: { } parent } && parent.ToDisplayString() == Base
        && compilation.IsSymbolAccessibleWithin(plugin, compilation.Assembly)
        && plugin.InstanceConstructors.Any(static constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public);
}
