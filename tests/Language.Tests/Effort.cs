namespace Language.Tests;

/// <summary>How much random testing there is: a fixed, small amount; more with <c>build/test.sh --long</c>.</summary>
internal static class Effort
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1";

    public static int Scale(int brief, int extended) => IsLong ? extended : brief;
}
