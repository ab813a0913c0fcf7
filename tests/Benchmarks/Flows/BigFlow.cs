using FlowGen;

namespace Benchmarks.Flows;

/// <summary>One big artifact; only its definition is used.</summary>
[Flow]
internal sealed partial class BigFlow
{
    [Step] public static double[] Numbers() => [];
}
