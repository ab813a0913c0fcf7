using FlowGen;

namespace Argo.Flows;

/// <summary>Has more rounds than Argo nests.</summary>
[Flow]
public partial class EndlessFlow
{
    [Step] public static int Start() => 0;

    [Step, Loop(nameof(IsSmall), Max = 1000)] public static int Count([Carry(nameof(Start))] int count) => count + 1;

    private static bool IsSmall(int count) => count < 1000;
}
