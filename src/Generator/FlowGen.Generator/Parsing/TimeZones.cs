namespace FlowGen.Generator.Parsing;

/// <summary>Names of time zones: those of IANA (2025b) and of Windows. A list, as what a compiler accepts must not depend on the machine it runs on.</summary>
internal static class TimeZones
{
    private static readonly Lazy<HashSet<string>> Names = new(() => new HashSet<string>(Read(), StringComparer.Ordinal));

    public static IEnumerable<string> All => Names.Value;

    public static bool Contains(string name) => Names.Value.Contains(name);

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(TimeZones).Assembly.GetManifestResourceStream("TimeZones.txt")!);
        return reader.ReadToEnd().Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
    }
}
