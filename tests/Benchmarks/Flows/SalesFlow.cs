using FlowGen;

namespace Benchmarks.Flows;

/// <summary>The same rows column by column and, since they may be null, object by object; only its definition is used.</summary>
[Flow]
internal sealed partial class SalesFlow
{
    [Step] public static Sale[] Columns() => [];

    [Step] public static Sale?[] Objects() => [];

    [Step] public static Reading[] RandomColumns() => [];

    [Step] public static Reading?[] RandomObjects() => [];
}
