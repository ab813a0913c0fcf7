using FlowGen;
using FlowGen.CompilerServices;

namespace Benchmarks.Flows;

/// <summary>Reaches what the generator implements explicitly.</summary>
internal static class Definitions
{
    public static FlowDefinition Of<T>() where T : class, IFlow<T> => T.Definition;
}
