using System.Reflection;
using System.Runtime.Loader;
using FlowGen.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Support;

/// <summary>A compiled program, loaded for good: .NET 10.0.12 has crashed while it collected programs that were unloaded.</summary>
internal sealed class Loaded
{
    private readonly AssemblyLoadContext _context = new("program");

    public Loaded(params string[] sources) : this(Compiler.Compilation(sources))
    {
    }

    public Loaded(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = Compiler.Compile(compilation).AssertClean().Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        Assembly = _context.LoadFromStream(image);
    }

    public Assembly Assembly { get; }

    /// <summary>The definition of a flow, by the name of its class.</summary>
    public FlowDefinition Definition(string type)
    {
        var flow = Assembly.GetType(type, throwOnError: true)!;
        return (FlowDefinition)typeof(Loaded).GetMethod(nameof(DefinitionOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(flow).Invoke(null, null)!;
    }

    /// <summary>An object of one of the program's types.</summary>
    public object New(string type, params object[] arguments) => Activator.CreateInstance(Assembly.GetType(type, throwOnError: true)!, arguments)!;

    private static FlowDefinition DefinitionOf<T>() where T : class, FlowGen.IFlow<T> => T.Definition;
}
