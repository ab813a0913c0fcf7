namespace FlowGen.Hosting;

/// <summary>Who works here.</summary>
internal static class CurrentUser
{
    /// <summary>The variable <c>FLOWGEN_USER</c>, for machines on which everybody is <c>root</c>; else the name of the account.</summary>
    public static string Name { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("FLOWGEN_USER") is { Length: > 0 } given) return given;
        try
        {
            return Environment.UserName is { Length: > 0 } name ? name : "unknown";
        }
        catch (IOException)
        {
            // A container image without a list of users.
            return "unknown";
        }
    }
}
