using FlowGen;

return await FlowApp.RunAsync<FourStepsFlow>(args);

[Flow]
public partial class FourStepsFlow
{
    [Step] public static int[] Load() => [1, 2, 3];

    [Step] public static int Count(int[] load) => load.Length;

    [Step] public static double Mean(int[] load) => load.Average();

    [Step] public static string Report(int count, double mean) => $"{count} numbers, {mean} on average";
}
