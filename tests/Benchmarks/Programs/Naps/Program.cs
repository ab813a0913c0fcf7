using System.ComponentModel.DataAnnotations;
using FlowGen;

return await FlowApp.RunAsync<NapsFlow>(args);

/// <summary>Tasks that take their time and no processor, so that what is measured is what lies between them.</summary>
[Flow]
public partial class NapsFlow
{
    /// <summary>How many.</summary>
    [Parameter, Range(1, 1_000_000)] public int Count { get; init; } = 2_000;

    /// <summary>How long one takes, in milliseconds.</summary>
    [Parameter] public int Milliseconds { get; init; } = 10;

    [Step] public int[] Numbers() => [.. Enumerable.Range(0, Count)];

    [Step]
    public async Task<int> NapAsync([ForEach(nameof(Numbers))] int number, CancellationToken cancel)
    {
        await Task.Delay(Milliseconds, cancel);
        return number;
    }

    [Step] public static int Rested([Gather(nameof(NapAsync))] int[] naps) => naps.Length;
}
